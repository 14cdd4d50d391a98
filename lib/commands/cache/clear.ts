import { cacheFolder, clearCacheFolder } from '../../windows/cache-folder.js';
import { EmpireCommand } from '../session/command.js';

/** `empire cache clear`: the next synth or lint compiles everything. */
export default class CacheClear extends EmpireCommand {
  static override summary = 'Forget what was compiled before.';
  static override description =
    'Synth and lint of a whole folder remember on this computer which app was compiled from what, in EMPIRE_CACHE or the folder for caches, and compile what changed. It never keeps a template. Nothing is lost by forgetting but time.';
  static override examples = ['<%= config.bin %> cache clear'];

  async run(): Promise<number> {
    const { flags } = await this.parse(CacheClear);
    const folder = cacheFolder();
    clearCacheFolder();
    if (flags.json) this.printJson({ cleared: folder });
    else this.say(`forgot what was compiled before: ${folder}\n`);
    return 0;
  }
}
