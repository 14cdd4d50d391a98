/** What the commands need of this room. */

export { Problems } from '../problems.js';
export { type ParsedApp, parseApp } from './app.js';
export { checkAppName, isAppName } from './app-name.js';
export { isEnvironmentName } from './environments.js';
export { APP_FILES, type AppFile } from './files.js';
export { environmentsOf, FolderParser, type ParsedFolder, parseFolder } from './folder.js';
export { parseGround } from './ground.js';
export { formatLedger, parseLedger } from './ledger.js';
export { didYouMean, nearest } from './nearest.js';
export { parsePlatform } from './platform.js';
export { PLATFORM_KEYS, type PlatformKey } from './platform-keys.js';
export { decodeEntry, SourceText } from './source-text.js';
