// The chart that the address asks for, and the plan behind the route.
import { api } from "@/api/client";
import { useLoad } from "@/api/useLoad";
import { addDays } from "@/ui/dates";
import { today } from "@/ui/today";
import { serverQuery, type Place } from "./place";

export interface Chart {
  chart: string;
  title: string;
  as_of: string;
  page: number;
  pages: number;
  drawn: number;
  left_out: number;
  svg: string; // written and escaped by the server
}

export interface Visit {
  id: number;
  team: string;
  region: string;
  unit_id: number | null;
  unit: string;
  place: string;
  from: string;
  to: string;
  tasks: number[];
  note: string;
  done: boolean;
  revision: number;
}

export function useChart(place: () => Place) {
  return useLoad(
    (signal) => api.get<Chart>("/charts", serverQuery(place()), signal),
    () => JSON.stringify(serverQuery(place())),
  );
}

export function useVisits() {
  return useLoad((signal) => api.get<{ items: Visit[]; more: boolean }>("/visits", { from: addDays(today(), -60) }, signal));
}
