/** Milliseconds of processor time that work takes: what it costs on one core, whatever else the machine does. */
export const processorTime = (work: () => unknown): number => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
};
