// The shapes of people.json that the whole UI knows.
export interface Role {
  name: string;
  title: string;
}
export interface Me {
  id: number;
  login: string;
  name: string;
  unit: { id: number; name: string } | null;
  roles: Role[];
  rights: string[];
  whole: boolean;
  alone: boolean;
  must_change: boolean;
  outside: boolean;
}
export interface MeAnswer {
  signed_in: boolean;
  setup: boolean;
  me: Me | null;
  csrf: string | null;
  outside?: boolean; // a provider outside vouches for people too
}
