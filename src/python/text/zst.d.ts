/** A table packed as zstd: the path of its file. */
declare module "*.zst" {
  const path: string;
  export default path;
}
