/** READS: what is there now. */

export { type RunningApp, readApps, releaseOf } from './apps.js';
export { readCertificates } from './certificates.js';
export { examineFailure, examineTask, type FailureFacts } from './dossier.js';
export { type EventQuestion, readEvents } from './events.js';
export { type HealthQuestion, healthQuestions } from './health-paths.js';
export { platformParameters, readPlatformValues } from './platform-values.js';
export { type ObservedServices, observeProcesses } from './processes.js';
export { familyProcess, processNames, readServices, type StackServices, servicesOf } from './stack-services.js';
export { exitCodeOf } from './task-words.js';
export { observeTask, type Running, readRunning, readTasks } from './tasks.js';
