export class LegacyState {}
