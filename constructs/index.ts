/** The catalogue of the library: what one puts into a CDK tree. */
export { AppStack, type AppStackProps } from './app-stack/index.js';
export { PlatformStack, type PlatformStackProps } from './platform-stack/index.js';
export { ProcessHandles } from './process-handles/index.js';
export { ProcessService, type ProcessServiceProps } from './process-service/index.js';
