import type { ServiceError } from "@grpc/grpc-js";
import grpc from "@grpc/grpc-js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import anys from "google-protobuf/google/protobuf/any_pb.js";
import { PartialFailure } from "../provider.ts";
import { toStruct } from "./structs.ts";

const partialFailure = (failure: PartialFailure): grpc.Metadata => {
    const detail = new messages.ErrorResourceInitFailed();
    detail.setId(failure.resource.id);
    detail.setProperties(toStruct(failure.resource.outputs));
    detail.setInputs(toStruct(failure.resource.inputs));
    detail.setReasonsList([failure.message]);
    const any = new anys.Any();
    any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new statuses.Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(failure.message);
    status.addDetails(any);
    const metadata = new grpc.Metadata();
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
    return metadata;
};

/** An error as the engine reads it; a partial failure takes the resource along, so that it stays in state. */
export const serviceError = (error: unknown): Partial<ServiceError> => {
    const details = error instanceof Error ? error.message : String(error);
    if (error instanceof PartialFailure) return { code: grpc.status.UNKNOWN, details, metadata: partialFailure(error) };
    return { code: grpc.status.UNKNOWN, details };
};
