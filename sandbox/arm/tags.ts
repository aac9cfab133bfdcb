import { badRequest, isObject } from "./request.ts";
import type { Json } from "./request.ts";

const invalid = (message: string): Error => badRequest("InvalidTags", message);

/**
 * The tags of a resource after a write; a body without tags keeps none on PUT.
 * Source: https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
 * @throws InvalidTags, TooManyTags, InvalidTagNameCharacters
 */
export const tagsOf = (body: Json): Readonly<Record<string, string>> | undefined => {
    const { tags } = body;
    if (tags === undefined || tags === null) return undefined;
    if (!isObject(tags)) throw invalid("The value supplied for tags is not valid; expected an object.");
    const entries = Object.entries(tags).map(([name, value]): [string, string] => {
        if (typeof value !== "string") throw invalid(`The value of tag '${name}' is not valid; expected a string.`);
        if (name.length > 512) throw invalid(`The tag name '${name}' exceeds 512 characters.`);
        if (value.length > 256) throw invalid(`The value of tag '${name}' exceeds 256 characters.`);
        if (/[<>%&\\?/]/.test(name)) {
            throw badRequest(
                "InvalidTagNameCharacters",
                `The tag names '${name}' have reserved characters '<,>,%,&,\\,?,/' or control characters.`,
            );
        }
        return [name, value];
    });
    if (entries.length > 50) {
        throw badRequest(
            "TooManyTags",
            `The number of tags '${entries.length}' on the resource is over the limit of '50'.`,
        );
    }
    return Object.fromEntries(entries);
};
