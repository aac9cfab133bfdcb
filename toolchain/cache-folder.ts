import envPaths from "env-paths";

/** The user's cache folder for leastwise: `$XDG_CACHE_HOME/leastwise`, or the platform's own place. */
export const cacheFolder = (): string => envPaths("leastwise", { suffix: "" }).cache;
