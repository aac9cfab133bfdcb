import type { ArmResource } from "../records.ts";
import { defaultView, removeTree } from "./crud.ts";
import { badRequest, conflict, isObject, jsonBody, methodNotAllowed, objectAt, textAt, without } from "./request.ts";
import type { ArmRequest, ArmResponse, Json } from "./request.ts";
import type { Action, ResourceType, Write, Written } from "./resource-type.ts";
import { AzureError } from "../error.ts";
import { isNameTaken, requireResource } from "./lookup.ts";

const PLAN = "Microsoft.Web/serverfarms";
const SITE = "Microsoft.Web/sites";

const writePlan = ({ properties, existing }: Write): Written => ({
    properties: {
        reserved: false,
        ...existing?.properties,
        ...properties,
        status: "Ready",
        provisioningState: "Succeeded",
    },
});

const sitesOn = ({ cloud }: ArmRequest, plan: string): readonly ArmResource[] =>
    cloud.resources
        .by("type", SITE.toLowerCase())
        .filter(({ properties }) => textAt(properties, "serverFarmId")?.toLowerCase() === plan.toLowerCase());

const checkPlanFree = (plan: ArmResource, request: ArmRequest): void => {
    const sites = sitesOn(request, plan.id);
    if (sites.length === 0) return;
    throw conflict(
        "Conflict",
        `Server farm '${plan.name}' cannot be deleted because it has web app(s) ${sites.map(site => site.name).join(", ")} assigned to it.`,
    );
};

const checkSiteName = (name: string): void => {
    if (/^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,58}[a-zA-Z0-9])?$/.test(name)) return;
    throw badRequest(
        "BadRequest",
        `The parameter name has an invalid value '${name}'; expected 1 to 60 letters, digits and hyphens, with no hyphen at the ends.`,
    );
};

const settingsFrom = (properties: Json, existing: ArmResource | undefined): Json => {
    const sent = objectAt(properties, "siteConfig")["appSettings"];
    if (!Array.isArray(sent)) return objectAt(existing?.hidden ?? {}, "appsettings");
    return Object.fromEntries(sent.filter(isObject).map(({ name, value }) => [String(name), String(value)]));
};

const writeSite = (request: Write): Written => {
    const { cloud, name, properties, existing } = request;
    const plan = textAt(properties, "serverFarmId");
    if (plan !== undefined && !cloud.resources.has(plan.toLowerCase())) {
        throw new AzureError(
            404,
            "NotFound",
            `Cannot find ServerFarm with name ${plan.slice(plan.lastIndexOf("/") + 1)}.`,
        );
    }
    if (isNameTaken(request)) {
        throw conflict("Conflict", `Website with given name ${name} already exists.`);
    }
    const host = `${name.toLowerCase()}.azurewebsites.net`;
    const siteConfig = without(objectAt(properties, "siteConfig"), "appSettings");
    return {
        properties: {
            enabled: true,
            httpsOnly: false,
            ...properties,
            siteConfig: { ...siteConfig, appSettings: null },
            state: "Running",
            defaultHostName: host,
            hostNames: [host],
            enabledHostNames: [host, `${name.toLowerCase()}.scm.azurewebsites.net`],
            repositorySiteName: name,
            provisioningState: "Succeeded",
        },
        hidden: { ...existing?.hidden, appsettings: settingsFrom(properties, existing) },
    };
};

const TABLES = ["appsettings", "connectionstrings", "metadata"];

/** A site's settings are tables that a PUT replaces whole and a POST shows. */
const serveConfig = (request: ArmRequest): ArmResponse => {
    const { cloud, target, method } = request;
    const site = cloud.resources.get(target.parent.toLowerCase()) ?? requireResource(request);
    const name = target.name?.toLowerCase() ?? "";
    const config = (properties: unknown): ArmResponse => ({
        status: 200,
        body: { id: target.id, name, type: `${SITE}/config`, location: site.location, properties },
    });
    if (name === "web" && target.tail.length === 0) {
        if (method === "GET") return config(objectAt(site.properties, "siteConfig"));
        const siteConfig = { ...objectAt(site.properties, "siteConfig"), ...objectAt(jsonBody(request), "properties") };
        cloud.resources.set(target.parent.toLowerCase(), { ...site, properties: { ...site.properties, siteConfig } });
        return config(siteConfig);
    }
    if (!TABLES.includes(name)) throw new AzureError(404, "NotFound", `The site has no config '${target.name ?? ""}'.`);
    if (method === "POST" && target.tail.join("/").toLowerCase() === "list") return config(site.hidden?.[name] ?? {});
    if (method !== "PUT" || target.tail.length > 0) {
        throw methodNotAllowed(request);
    }
    const properties = objectAt(jsonBody(request), "properties");
    cloud.resources.set(target.parent.toLowerCase(), { ...site, hidden: { ...site.hidden, [name]: properties } });
    return config(properties);
};

const setState =
    (state: string): Action =>
    (site, { cloud }) => {
        cloud.resources.set(site.id.toLowerCase(), { ...site, properties: { ...site.properties, state } });
        return { status: 200 };
    };

/** The last site on a plan takes the plan with it, unless the caller asks to keep it. */
const deletePlanToo = (site: ArmResource, request: ArmRequest): void => {
    const plan = textAt(site.properties, "serverFarmId");
    if (plan === undefined || request.query.get("deleteEmptyServerFarm") !== "true") return;
    if (sitesOn(request, plan).length === 1) removeTree(request.cloud, plan);
};

/** App Service plans, web sites and function apps. */
export const WEB_TYPES: readonly ResourceType[] = [
    { type: PLAN, tracked: true, write: writePlan, beforeDelete: checkPlanFree },
    {
        type: SITE,
        tracked: true,
        identity: true,
        checkName: checkSiteName,
        write: writeSite,
        beforeDelete: deletePlanToo,
        view: site => defaultView(site),
        actions: {
            "POST start": setState("Running"),
            "POST stop": setState("Stopped"),
            "POST restart": setState("Running"),
        },
    },
    { type: `${SITE}/config`, serve: serveConfig },
];
