import { parse } from "semver";

const DOWNLOAD_SITE = "https://get.pulumi.com/";
const REACHED_WITHIN_MS = 5_000;

const reach = async (): Promise<void> => {
    await fetch(DOWNLOAD_SITE, { method: "HEAD", signal: AbortSignal.timeout(REACHED_WITHIN_MS) }).catch(() => {
        throw new Error(`${DOWNLOAD_SITE} is out of reach`);
    });
};

/**
 * Installs the engine with the Automation API's own installer, which downloads the official release.
 * @throws Error within seconds where the download site is out of reach.
 */
export const installOfficial = async (root: string, version: string): Promise<void> => {
    await reach();
    const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
    const wanted = parse(version);
    if (wanted === null) throw new Error(`'${version}' is no version`);
    await PulumiCommand.install({ version: wanted, root });
};
