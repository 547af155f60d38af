"""Prints the protocol's model as JSON: what lsprotocol, whose types are generated from it, knows of it.

The form is that of the model itself (requests, notifications, structures, enumerations), so far as a check of messages
needs it; structures hold what they inherit.
"""

import enum
import json
import typing

import attrs
from lsprotocol import types

BASE = {bool: "boolean", float: "decimal", type(None): "null", object: "LSPAny", typing.Any: "LSPAny", types.LSPObject: "LSPAny"}
# Properties that may be null or absent; all others that may be null have to be there.
NULL_OR_ABSENT = {"root_path", "workspace_folders", "active_parameter"}
# Fields whose name is no word of Python, and those that are spelled otherwise than their place in the code says.
SPELLED = {"from_": "from"}


def base(name):
    return {"kind": "base", "name": name}


def camel(name):
    """The name of a property as messages spell it."""
    first, *rest = SPELLED.get(name, name).split("_")
    return first + "".join(word.capitalize() for word in rest)


def validators(validator):
    """A validator and those that it holds."""
    while validator is not None:
        yield validator
        validator = getattr(validator, "validator", None)


def whole_number(field):
    names = [getattr(found, "__name__", "") for found in validators(field.validator)] if field else []
    return "uinteger" if "uinteger_validator" in names else "integer"


def one_of(items):
    return items[0] if len(items) == 1 else {"kind": "or", "items": items}


def union(options, field):
    return one_of([described(option, field) for option in options])


def literals(texts):
    return one_of([{"kind": "stringLiteral", "value": text} for text in texts])


def described(kind, field=None):
    """A type of Python as the model describes it. `field` holds what the type leaves open."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Union:
        return union(inner, field)
    if origin is typing.Literal:
        return literals(inner)
    if origin is tuple:
        return {"kind": "tuple", "items": [described(item) for item in inner]}
    if origin and issubclass(origin, typing.Mapping):
        return {"kind": "map", "key": described(inner[0]), "value": described(inner[1])}
    if origin and issubclass(origin, typing.Sequence):
        return {"kind": "array", "element": described(inner[0])}
    if kind is int:
        return base(whole_number(field))
    if kind is str:
        return text(field)
    if kind in BASE:
        return base(BASE[kind])
    return {"kind": "reference", "name": kind.__name__}


def text(field):
    """A text: one of those that are allowed, or the name of a document, or any."""
    for found in validators(field.validator) if field else []:
        if hasattr(found, "options"):
            return literals(found.options)
    return base("DocumentUri" if field and field.name.lower().endswith("uri") else "string")


def property_of(owner, field):
    """A property. That of one text only is never left out, although it has a default."""
    options = typing.get_args(field.type) if typing.get_origin(field.type) is typing.Union else (field.type,)
    is_special = types.is_special_property(owner, field.name)
    options = [one for one in options if one is not type(None) or is_special]
    has_default = field.default is not attrs.NOTHING
    row = {"name": camel(field.name), "type": union(options, field)}
    return row | {"optional": True} if has_default and (not is_special or field.name in NULL_OR_ABSENT) else row


def structure(kind):
    fields = attrs.fields(attrs.resolve_types(kind, types.ALL_TYPES_MAP))
    return {"name": kind.__name__, "properties": [property_of(kind, field) for field in fields]}


def enumeration(kind):
    values = [{"name": one.name, "value": one.value} for one in kind]
    return {"name": kind.__name__, "values": values}


def message(method, sort):
    request, response, params, _ = types.METHOD_TO_TYPES[method]
    row = {"method": method, "messageDirection": types.message_direction(method)}
    if params is not None:
        row["params"] = described(params)
    if sort == "requests":
        fields = attrs.fields_dict(attrs.resolve_types(response, types.ALL_TYPES_MAP))
        row["result"] = described(fields["result"].type) if "result" in fields else base("null")
    return row


def model():
    kinds = {id(kind): kind for kind in types.ALL_TYPES_MAP.values() if isinstance(kind, type)}.values()
    messages = {"requests": [], "notifications": []}
    for method in types.METHOD_TO_TYPES:
        sort = "requests" if types.METHOD_TO_TYPES[method][1] else "notifications"
        messages[sort].append(message(method, sort))
    return {
        "metaData": {"version": types.__lsp_version__},
        **messages,
        "structures": [structure(kind) for kind in kinds if attrs.has(kind)],
        "enumerations": [enumeration(kind) for kind in kinds if issubclass(kind, enum.Enum)],
    }


print(json.dumps(model(), indent=1))
