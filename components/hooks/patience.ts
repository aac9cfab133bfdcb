import { setTimeout as sleep } from "node:timers/promises";

/** A new identity is known everywhere within minutes: https://github.com/hashicorp/terraform-provider-azuread/issues/1809 */
const LONGEST_WAIT_MS = 5 * 60_000;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 15_000;

/** How long to wait before attempt number `failures + 1`; undefined when it is time to give up. */
export const nextDelay = (failures: number): number | undefined => {
    const delays = Array.from({ length: failures }, (_, n) => Math.min(FIRST_DELAY_MS * 2 ** n, LONGEST_DELAY_MS));
    return delays.reduce((sum, delay) => sum + delay, 0) > LONGEST_WAIT_MS ? undefined : delays.at(-1);
};

/** Waits as long as the number of failures so far asks. @returns whether to try again. */
export const waitAgain = async (failures: number): Promise<boolean> => {
    const delay = nextDelay(failures);
    if (delay === undefined) return false;
    await sleep(delay);
    return true;
};
