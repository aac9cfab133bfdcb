import { type MessagePort, workerData } from "node:worker_threads";
import { scanRunbook } from "../runbooks/scan/scan.ts";
import { loadGrammar } from "../runbooks/scan/tree.ts";
import type { ScanAnswer } from "./runbook-scan.ts";

const { signal, port } = workerData as { readonly signal: Int32Array; readonly port: MessagePort };

const answer = async (text: string): Promise<ScanAnswer> => {
    try {
        await loadGrammar();
        return { scan: scanRunbook(text, { path: "runbook" }) };
    } catch (error) {
        return { error: (error as Error).message };
    }
};

port.on("message", (text: string) => {
    void answer(text).then(found => {
        port.postMessage(found);
        Atomics.store(signal, 0, 1);
        Atomics.notify(signal, 0);
    });
});
