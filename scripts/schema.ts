import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatProcfileSchema } from '../lib/parse/procfile/schema.js';

// Writes schema/procfile.schema.json from the table of process keys.
const folder = join(__dirname, '..', 'schema');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'procfile.schema.json'), formatProcfileSchema());
