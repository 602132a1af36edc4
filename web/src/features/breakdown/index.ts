export { default as DocumentActions } from "./DocumentActions.vue";
export { default as BreakdownSection } from "./BreakdownSection.vue";
