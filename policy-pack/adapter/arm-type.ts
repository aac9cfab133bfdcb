import { CLASSIC, TERRAFORM } from "./arm-type-bridged.ts";
import { listed, NATIVE, PROVIDERS } from "./arm-type-tables.ts";
import type { PlainResource } from "./resource.ts";

const plural = (word: string): string => {
    if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
    return /(s|x|ch)$/.test(word) ? `${word}es` : `${word}s`;
};

const ofToken = (token: string): string | undefined => {
    const [pack = "", module = "", name = ""] = token.split(":");
    if (pack === "azure-native") {
        const type = listed(NATIVE, `${module}:${name}`) ?? plural(name.toLowerCase());
        return `microsoft.${listed(PROVIDERS, module) ?? module}/${type}`;
    }
    if (pack === "azurerm") return listed(TERRAFORM, module);
    return pack === "azure" ? listed(TERRAFORM, listed(CLASSIC, `${module}:${name}`) ?? name) : undefined;
};

const TYPE = /^microsoft\.[\w.]+(\/\w+)+$/i;

/** azapi declares a type with its version: `Microsoft.Web/sites@2023-12-01`. */
const ofDeclared = (declared: unknown): string | undefined => {
    const [type = ""] = typeof declared === "string" ? declared.split("@") : [];
    return TYPE.test(type) ? type.toLowerCase() : undefined;
};

/** The Azure type of a resource, in lower case as in its id; undefined where only Azure would tell. */
export const armTypeOf = (resource: PlainResource): string | undefined => {
    const told = resource.token?.startsWith("azure-native:") ? resource.outputText("type") : undefined;
    if (told !== undefined && TYPE.test(told)) return told.toLowerCase();
    if (resource.token?.startsWith("azapi:")) return ofDeclared(resource.text("type"));
    return resource.token === undefined ? undefined : ofToken(resource.token)?.toLowerCase();
};
