/**
 * How long the steps of a task take, in milliseconds. AWS promises none of these; they are what an awsvpc task on Fargate with a
 * small image usually takes.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html for the steps
 */
export const PROVISION = 2_000;
export const PULL = 5_000;
export const ACTIVATE = 1_000;
/** From SIGTERM to the end of a process that listens to it. */
export const TERMINATE = 1_000;
export const DEPROVISION = 2_000;

/** Until a process answers. */
export const BOOT = 6_000;
export const BOOT_SLOW = 60_000;
export const BOOT_SLOW_SPREAD = 30_000;
/** When a crashing process ends. */
export const CRASH = 4_000;
/** How long a one-off task works. */
export const WORK = 8_000;

/**
 * A task without any health check counts as working after so long. ECS looks at a service again and again and says "steady" only
 * when nothing moved; a task that ends before that counts as failed.
 */
export const SETTLE = 12_000;

/** Stopped tasks can be seen for at least an hour. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
export const STOPPED_VISIBLE = 3_600_000;

/** Until the scheduler tries again to place a task. */
export const PLACE_AGAIN = 30_000;
