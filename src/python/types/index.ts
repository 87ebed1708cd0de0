/** All built-in classes get their methods here. */
import "./object.ts";
import "./type.ts";
import "./exception.ts";
import "./str.ts";
import "./basic.ts";
