/**
 * Options of a resource with a fixed name: no second one can exist beside it, and Azure moves none to another location,
 * which azure-native would ask of most types.
 */
export const REPLACED_FIRST = { deleteBeforeReplace: true, replaceOnChanges: ["location"] };
