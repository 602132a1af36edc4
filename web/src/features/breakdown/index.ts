export { default as BreakdownSection } from "./BreakdownSection.vue";
