/** Exceptions whose types belong to library modules, which know no Python objects here. */

/** The type's module and name, and the message of one. */
export class LibraryFault extends Error {
  readonly type: "struct.error" | "binascii.Error";

  constructor(type: LibraryFault["type"], message: string) {
    super(message);
    this.type = type;
  }
}
