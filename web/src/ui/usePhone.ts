// Whether the window is as narrow as a phone. The same width as in the style sheets.
import { onBeforeUnmount, ref, type Ref } from "vue";

export function usePhone(): Ref<boolean> {
  const query = window.matchMedia("(max-width: 720px)");
  const phone = ref(query.matches);
  const update = (): void => void (phone.value = query.matches);
  query.addEventListener("change", update);
  onBeforeUnmount(() => query.removeEventListener("change", update));
  return phone;
}
