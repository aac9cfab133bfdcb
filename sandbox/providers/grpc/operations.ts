import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import type { Autonaming, ChangeKind, Provider } from "../provider.ts";
import { fromStruct, toStruct } from "./structs.ts";

const typeOf = (urn: string): string => (urn.split("::")[2] ?? "").split("$").at(-1) ?? "";

const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

const MODES: readonly Autonaming["mode"][] = ["propose", "enforce", "disable"];

/** Check: inputs with defaults, and what is wrong with them. */
export const check = async (provider: Provider, request: proto.CheckRequest): Promise<proto.CheckResponse> => {
    const urn = request.getUrn();
    const autonaming = request.getAutonaming();
    const { inputs, failures } = await provider.check({
        urn,
        type: typeOf(urn),
        name: nameOf(urn),
        olds: fromStruct(request.getOlds()),
        news: fromStruct(request.getNews()),
        randomSeed: request.getRandomseed_asU8(),
        ...(autonaming && {
            autonaming: { name: autonaming.getProposedName(), mode: MODES[autonaming.getMode()] ?? "propose" },
        }),
    });
    const response = new messages.CheckResponse();
    response.setInputs(toStruct(inputs));
    response.setFailuresList(
        failures.map(failure => {
            const message = new messages.CheckFailure();
            if (failure.property !== undefined) message.setProperty(failure.property);
            message.setReason(failure.reason);
            return message;
        }),
    );
    return response;
};

const KINDS: Readonly<Record<ChangeKind, proto.PropertyDiff.Kind>> = {
    add: 0,
    "add-replace": 1,
    delete: 2,
    "delete-replace": 3,
    update: 4,
    "update-replace": 5,
};

/** Diff: what changes, property by property, and what replaces the resource. */
export const diff = (provider: Provider, request: proto.DiffRequest): proto.DiffResponse => {
    const { changes, replaces, deleteBeforeReplace } = provider.diff({
        type: typeOf(request.getUrn()),
        oldInputs: fromStruct(request.getOldInputs()),
        oldOutputs: fromStruct(request.getOlds()),
        newInputs: fromStruct(request.getNews()),
        ignoreChanges: request.getIgnorechangesList(),
    });
    const response = new messages.DiffResponse();
    response.setChanges(changes.size > 0 ? 2 : 1);
    response.setReplacesList([...replaces]);
    response.setDeletebeforereplace(deleteBeforeReplace);
    response.setDiffsList([...new Set([...changes.keys()].map(path => path.split(/[.[]/, 1)[0] ?? path))]);
    response.setHasdetaileddiff(true);
    for (const [path, kind] of changes) {
        const property = new messages.PropertyDiff();
        property.setKind(KINDS[kind]);
        property.setInputdiff(true);
        response.getDetaileddiffMap().set(path, property);
    }
    return response;
};

/** Create, or, at preview, what a create would give. */
export const create = async (provider: Provider, request: proto.CreateRequest): Promise<proto.CreateResponse> => {
    const urn = request.getUrn();
    const inputs = fromStruct(request.getProperties());
    const made = await provider.create({ urn, type: typeOf(urn), inputs, preview: request.getPreview() });
    const response = new messages.CreateResponse();
    response.setId(made.id);
    response.setProperties(toStruct(made.outputs));
    return response;
};

/** Read: a refresh, an import or a look-up. */
export const read = async (provider: Provider, request: proto.ReadRequest): Promise<proto.ReadResponse> => {
    const urn = request.getUrn();
    const outputs = fromStruct(request.getProperties());
    const inputs = request.hasInputs() ? { inputs: fromStruct(request.getInputs()) } : {};
    const found = await provider.read({ urn, type: typeOf(urn), id: request.getId(), outputs, ...inputs });
    const response = new messages.ReadResponse();
    if (found === undefined) return response;
    response.setId(found.id);
    response.setProperties(toStruct(found.outputs));
    response.setInputs(toStruct(found.inputs));
    return response;
};

/** Update in place, or, at preview, what an update would give. */
export const update = async (provider: Provider, request: proto.UpdateRequest): Promise<proto.UpdateResponse> => {
    const urn = request.getUrn();
    const outputs = await provider.update({
        urn,
        type: typeOf(urn),
        id: request.getId(),
        inputs: fromStruct(request.getNews()),
        oldInputs: fromStruct(request.getOldInputs()),
        oldOutputs: fromStruct(request.getOlds()),
        preview: request.getPreview(),
    });
    const response = new messages.UpdateResponse();
    response.setProperties(toStruct(outputs));
    return response;
};

/** Delete. */
export const remove = async (provider: Provider, request: proto.DeleteRequest): Promise<unknown> => {
    const urn = request.getUrn();
    const inputs = fromStruct(request.getOldInputs());
    await provider.delete({
        urn,
        type: typeOf(urn),
        id: request.getId(),
        inputs,
        outputs: fromStruct(request.getProperties()),
    });
    return new empties.Empty();
};

/** Invoke: a function of the provider. */
export const invoke = async (provider: Provider, request: proto.InvokeRequest): Promise<proto.InvokeResponse> => {
    const response = new messages.InvokeResponse();
    response.setReturn(toStruct(await provider.invoke(request.getTok(), fromStruct(request.getArgs()))));
    return response;
};
