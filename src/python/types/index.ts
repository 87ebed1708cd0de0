/** All built-in classes get their methods here. */
import "./object.ts";
import "./type.ts";
import "./exception.ts";
import "./exception-details.ts";
import "./exception-group.ts";
import "./basic.ts";
