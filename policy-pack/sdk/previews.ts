import { inner } from "./inner.ts";

interface Messages {
    readonly AnalyzerStackConfigureRequest?: {
        deserializeBinary?: (bytes: Uint8Array) => { getDryRun?: () => boolean };
    };
}

/**
 * Tells the pack whether the engine previews or updates, which it says before it shows the pack anything.
 * Source: NewPolicyAnalyzer in the engine's analyzer_plugin.go; the host itself does not look at it
 * @returns whether the place was there
 */
export const onStack = (take: (preview: boolean) => void): boolean => {
    const { AnalyzerStackConfigureRequest: type } = inner<Messages>("@pulumi/pulumi/proto/analyzer_pb.js");
    const read = type?.deserializeBinary?.bind(type);
    if (type === undefined || read === undefined) return false;
    type.deserializeBinary = bytes => {
        const request = read(bytes);
        take(request.getDryRun?.() === true);
        return request;
    };
    return true;
};
