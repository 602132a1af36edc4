// Width of an element in CSS pixels, kept up to date.
import { onBeforeUnmount, onMounted, ref, type Ref } from "vue";

export function useWidth(element: Ref<HTMLElement | undefined>, first = 600): Ref<number> {
  const width = ref(first);
  let observer: ResizeObserver | null = null;
  onMounted(() => {
    if (!element.value) return;
    width.value = element.value.clientWidth || first;
    observer = new ResizeObserver(([entry]) => entry && (width.value = Math.max(200, entry.contentRect.width)));
    observer.observe(element.value);
  });
  onBeforeUnmount(() => observer?.disconnect());
  return width;
}
