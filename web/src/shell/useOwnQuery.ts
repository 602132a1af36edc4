// The query in the address bar as long as this page is shown. A page that is kept alive must not read the next page's.
import { onActivated, shallowRef, watch, type ShallowRef } from "vue";
import { useRoute, type LocationQuery } from "vue-router";

export function useOwnQuery(page: string): ShallowRef<LocationQuery> {
  const route = useRoute();
  const query = shallowRef<LocationQuery>(route.query);
  const take = (): void => {
    if (route.name === page) query.value = route.query;
  };
  watch(() => route.query, take);
  onActivated(take);
  return query;
}
