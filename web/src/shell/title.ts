import { onActivated, onBeforeUnmount, onDeactivated, ref, watchEffect } from "vue";
import { product } from "@/words";

// The window's title while a page is shown: what it is about first, the product last.
export function useTitle(title: () => string | null | undefined): void {
  const shown = ref(true);
  onActivated(() => (shown.value = true));
  onDeactivated(() => (shown.value = false));
  const stop = watchEffect(() => {
    if (!shown.value) return;
    const own = title();
    document.title = own ? `${own} · ${product}` : product;
  });
  onBeforeUnmount(stop);
}
