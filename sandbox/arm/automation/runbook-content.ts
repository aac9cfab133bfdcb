import type { ArmResource } from "../../records.ts";
import { operationHeaders } from "../operations.ts";
import type { ArmRequest, ArmResponse, Json } from "../request.ts";
import type { Action, ResourceType } from "../resource-type.ts";
import { fault, timestamp } from "./fault.ts";
import { runbookParameters } from "./parameters.ts";

type Content = NonNullable<ArmResource["content"]>;

const update = (request: ArmRequest, runbook: ArmResource, properties: Json, content: Content): void => {
    const lastModifiedTime = timestamp(request.now);
    request.cloud.resources.set(runbook.id.toLowerCase(), {
        ...runbook,
        properties: { ...runbook.properties, ...properties, lastModifiedTime },
        content,
    });
};

const accepted = (request: ArmRequest, base: string): ArmResponse => ({
    status: 202,
    headers: operationHeaders(request, "result", base),
});

const replaceDraft: Action = (runbook, request) => {
    const state = runbook.properties["state"] === "New" ? "New" : "Edit";
    update(request, runbook, { state }, { ...runbook.content, draft: request.text });
    return accepted(request, `${runbook.id}/draft`);
};

const publish: Action = (runbook, request) => {
    const draft = runbook.content?.draft;
    if (draft === undefined || draft.trim() === "") {
        throw fault(400, `The runbook '${runbook.name}' has no draft content to publish.`);
    }
    const parameters = runbookParameters(draft);
    update(request, runbook, { state: "Published", parameters }, { published: draft });
    return accepted(request, runbook.id);
};

const undoEdit: Action = (runbook, request) => {
    const published = runbook.content?.published;
    if (runbook.properties["state"] !== "Edit" || published === undefined) {
        throw fault(400, `The runbook '${runbook.name}' has no published version to go back to.`);
    }
    update(request, runbook, { state: "Published" }, { published });
    return { status: 200, body: { statusCode: "OK", requestId: runbook.id } };
};

const text =
    (which: "draft" | "published"): Action =>
    runbook => {
        const content = runbook.content?.[which];
        if (content === undefined) throw fault(404, `The runbook '${runbook.name}' has no ${which} content.`);
        return { status: 200, body: content };
    };

const draft: Action = runbook => {
    const content = runbook.content?.draft;
    const inEdit = runbook.properties["state"] !== "Published";
    const { creationTime, lastModifiedTime } = runbook.properties;
    const parameters = content === undefined ? {} : runbookParameters(content);
    return {
        status: 200,
        body: { inEdit, draftContentLink: null, creationTime, lastModifiedTime, parameters, outputTypes: [] },
    };
};

/** What can be done with a runbook's text. */
export const RUNBOOK_ACTIONS: NonNullable<ResourceType["actions"]> = {
    "GET content": text("published"),
    "GET draft": draft,
    "GET draft/content": text("draft"),
    "PUT draft/content": replaceDraft,
    "POST draft/undoEdit": undoEdit,
    "POST publish": publish,
};
