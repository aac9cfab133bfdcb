import { extname } from "node:path";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Scan } from "../runbooks/scan/scan.ts";

/** What the worker answers: a scan, or why there is none. */
export type ScanAnswer = { readonly scan: Scan } | { readonly error: string };

/** A scan takes 4 seconds at most; the rest is for a busy machine to start the worker. */
const LONGEST_MS = 30_000;

interface Scanner {
    readonly signal: Int32Array;
    readonly port: MessagePort;
    readonly stop: () => Promise<number>;
}

let running: Scanner | undefined;

/**
 * The scanner is a thread of its own: its grammar loads asynchronously, and rules do not wait. It starts with the first
 * runbook, so that a stack without any pays nothing, and it does not keep the process.
 */
const start = (): Scanner => {
    const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const { port1: port, port2: there } = new MessageChannel();
    const file = new URL(`./runbook-scan-worker${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(file, { workerData: { signal, port: there }, transferList: [there] });
    worker.unref();
    port.unref();
    return { signal, port, stop: () => worker.terminate() };
};

const ask = (text: string): ScanAnswer => {
    running ??= start();
    const { signal, port, stop } = running;
    Atomics.store(signal, 0, 0);
    port.postMessage(text);
    if (Atomics.wait(signal, 0, 0, LONGEST_MS) === "timed-out") {
        running = undefined;
        void stop();
        return { error: `the scan did not end within ${String(LONGEST_MS / 1000)} seconds` };
    }
    return (receiveMessageOnPort(port)?.message as ScanAnswer | undefined) ?? { error: "the scanner gave no answer" };
};

const answers = new Map<string, ScanAnswer>();

/** Takes a scan that was made elsewhere of just this text, so that it is not made again. */
export const rememberScan = (text: string, scan: Scan): void => void answers.set(text, { scan });

/**
 * What a runbook's text does. Each text is scanned once in a run.
 * @throws Error when the text cannot be scanned
 */
export const scanText = (text: string): Scan => {
    const answer = answers.get(text) ?? ask(text);
    answers.set(text, answer);
    if ("error" in answer) throw new Error(`the runbook cannot be scanned: ${answer.error}`);
    return answer.scan;
};
