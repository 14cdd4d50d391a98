// What looking at the files costs anybody: reads every file of the folders that are named.
const { readdirSync, readFileSync } = require('node:fs');
for (const folder of process.argv.slice(2)) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile()) readFileSync(`${folder}/${entry.name}`);
    else for (const name of readdirSync(`${folder}/${entry.name}`)) readFileSync(`${folder}/${entry.name}/${name}`);
  }
}
