import type { Volume } from '../../lib/model/app.js';
import type { Json, JsonObject } from '../../lib/model/json.js';
import { filled } from '../resource.js';
import type { TaskProcess } from './environment.js';

const volumeName = (volume: Volume, index: number): string => `${volume.kind}-${index}`;

export const volumesOf = ({ volumes }: TaskProcess): Json =>
  volumes.map((volume, index) => ({ Name: volumeName(volume, index), ...configuration(volume) }));

export const mountPoints = ({ volumes }: TaskProcess): Json =>
  volumes.map((volume, index) => ({ SourceVolume: volumeName(volume, index), ContainerPath: volume.path, ReadOnly: false }));

/** The task's ephemeral storage: the largest that was asked for, since it is one disk. */
export function ephemeralStorage({ volumes }: TaskProcess): Json | undefined {
  const sizes = volumes.flatMap((volume) =>
    volume.kind === 'ephemeral' && volume.sizeGiB.kind === 'given' ? [volume.sizeGiB.value] : [],
  );
  return sizes.length === 0 ? undefined : { SizeInGiB: Math.max(...sizes) };
}

/** EFS always encrypted on the way and with the task role's identity; an access point has its own root directory. */
function configuration(volume: Volume): JsonObject {
  if (volume.kind === 'ephemeral') return {};
  const { fileSystem, directory, accessPoint } = volume;
  return {
    EFSVolumeConfiguration: filled({
      FilesystemId: fileSystem,
      RootDirectory: directory.kind === 'given' ? directory.value : undefined,
      TransitEncryption: 'ENABLED',
      AuthorizationConfig: filled({
        AccessPointId: accessPoint.kind === 'given' ? accessPoint.value : undefined,
        IAM: 'ENABLED',
      }),
    }),
  };
}
