let processor = 0;
let wall = 0;

/** How much longer than its work a scan may take on a machine that is busy with other things. */
const BUSY = 1.5;

const processorTime = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
};

/** Starts the time of a scan. */
export const startClock = (): void => {
    processor = processorTime();
    wall = performance.now();
};

/** Milliseconds of work since the start, so that a busy machine finds what an idle one does; in the end the clock on the wall counts. */
export const elapsed = (): number => Math.max(processorTime() - processor, (performance.now() - wall) / BUSY);
