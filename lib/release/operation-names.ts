import type { ReleaseRecord } from '../model/release.js';

/** What a record's operations on the outside are called, so that anybody can find them again. */
export type Operation = 'prepare' | 'execute' | 'cancel' | 'timeout' | 'recover' | 'clear' | 'release';

type Named = Pick<ReleaseRecord, 'number' | 'id' | 'environment' | 'app'>;

/** The ClientRequestToken of an operation: it comes back in every stack event. At most 64 characters. */
export const tokenOf = ({ id }: Pick<ReleaseRecord, 'id'>, operation: Operation): string => `${id}-${operation}`;

/** `empire-v12-0a1b2c3d`: the change set of the release. */
export const changeSetName = ({ number, id }: Named): string => `empire-v${number}-${id.slice(0, 8)}`;

/** The change set of its `prepare` update. */
export const prepareSetName = (record: Named): string => `${changeSetName(record)}-prepare`;

/** `startedBy` of its release task. */
export const startedBy = (record: Named): string => changeSetName(record);

/** The tag that keeps its images in ECR. */
export const imageTag = ({ environment, app, number }: Named): string => `empire-${environment}-${app}-v${number}`;
