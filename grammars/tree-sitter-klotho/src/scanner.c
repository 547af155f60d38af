// What the rules in grammar.js cannot see: in which kind of comment they are, where a line of it starts, where the comment
// ends, and whether a brace that opens a body is closed.
//
// A new comment starts where an included range does; several may be joined, and nothing stands between their texts then.

#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"

#include <string.h>

enum Token {
  PROSE,
  BODY_FOLLOWS,
  NO_BODY,
  END_OF_LINE,
  LEADER,
  COMMENT,
  STRING,
  LONG_OPEN,
  LONG_TEXT,
  LONG_CLOSE,
  RECOVERING,
};

// The comment around: none that is known, a line comment of one of two forms, or a block.
enum Form { UNKNOWN, SLASHES, HASH, BLOCK };

typedef struct {
  uint8_t form;
  // Whether the end of the line before was told, so that a leader may come.
  bool fresh;
  // The quote of the long string around, or 0.
  char quote;
} Scanner;

static void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static bool starts_leader(int32_t c) { return c == '#' || c == '/' || c == '*'; }

static bool is_blank(int32_t c) { return c == ' ' || c == '\t' || c == '\r' || c == '\f'; }

static bool is_word(int32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

static bool comment_starts(TSLexer *lexer) { return !lexer->eof(lexer) && lexer->is_at_included_range_start(lexer); }

// Whether the text of this line is over: a newline follows, another comment, or nothing.
static bool line_is_over(TSLexer *lexer) {
  return lexer->eof(lexer) || lexer->lookahead == '\n' || comment_starts(lexer);
}

static void skip_blanks(TSLexer *lexer) {
  while (is_blank(lexer->lookahead) && !lexer->eof(lexer)) advance(lexer);
}

static void skip_all(TSLexer *lexer, int32_t c) {
  while (lexer->lookahead == c && !line_is_over(lexer)) advance(lexer);
}

// Reads the markers at the start of a comment and tells its form.
static enum Form opening(TSLexer *lexer) {
  skip_blanks(lexer);
  if (lexer->lookahead == '#') {
    advance(lexer);
    return HASH;
  }
  if (lexer->lookahead != '/') return UNKNOWN;
  advance(lexer);
  if (lexer->lookahead == '*') {
    advance(lexer);
    return BLOCK;
  }
  if (lexer->lookahead != '/') return UNKNOWN;
  advance(lexer);
  return SLASHES;
}

// What a line of a comment of this form may start with: `*` in a block, the marker again in a line comment. Tells whether
// the line belongs to the comment.
static bool margin(TSLexer *lexer, enum Form form) {
  skip_blanks(lexer);
  switch (form) {
    case HASH:
    case SLASHES:
      return !lexer->eof(lexer) && opening(lexer) == form;
    default:
      skip_all(lexer, '*');
      return form != BLOCK || lexer->lookahead != '/';
  }
}

// Reads `@klotho::` and one character of a name, if that is what follows.
static bool mark(TSLexer *lexer) {
  for (const char *c = "@klotho::"; *c; c++) {
    if (lexer->lookahead != *c) return false;
    advance(lexer);
  }
  return is_word(lexer->lookahead);
}

// Goes on to the next line of the same comments, past its leader.
static bool next_line(TSLexer *lexer, enum Form form) {
  bool new_comment = comment_starts(lexer);
  if (lexer->eof(lexer)) return false;
  if (new_comment) return (form == SLASHES || form == HASH) && opening(lexer) == form;
  advance(lexer);
  if (comment_starts(lexer)) return next_line(lexer, form);
  return margin(lexer, form);
}

// Whether the brace that follows is closed before the comments end or another annotation starts, as the compiler counts:
// quotes hide no brace.
static bool is_closed(TSLexer *lexer, enum Form form) {
  unsigned depth = 0;
  bool first = false;
  for (;;) {
    if (line_is_over(lexer)) {
      if (!next_line(lexer, form)) return false;
      skip_blanks(lexer);
      first = true;
      continue;
    }
    if (first && mark(lexer)) return false;
    first = false;
    if (line_is_over(lexer)) continue;
    int32_t c = lexer->lookahead;
    if (c == '{') depth++;
    if (c == '}' && --depth == 0) return true;
    advance(lexer);
    if (form == BLOCK && c == '*' && lexer->lookahead == '/') return false;
  }
}

// What follows the name of a capability: a body, maybe on a later line, or none.
static bool scan_body(Scanner *scanner, TSLexer *lexer) {
  lexer->mark_end(lexer);
  lexer->result_symbol = NO_BODY;
  while (!line_is_over(lexer) ? is_blank(lexer->lookahead) : !lexer->eof(lexer)) {
    if (!line_is_over(lexer)) {
      advance(lexer);
    } else if (!next_line(lexer, scanner->form)) {
      return true;
    } else {
      skip_blanks(lexer);
    }
  }
  if (lexer->lookahead != '{' || lexer->eof(lexer)) return true;
  lexer->mark_end(lexer);
  if (is_closed(lexer, scanner->form)) {
    lexer->result_symbol = BODY_FOLLOWS;
    scanner->fresh = false;
  }
  return true;
}

// Everything up to the next annotation, with a look at which comments come and go.
static bool scan_prose(Scanner *scanner, TSLexer *lexer) {
  lexer->result_symbol = PROSE;
  bool read = false;
  bool new_line = scanner->form == UNKNOWN;
  while (!lexer->eof(lexer)) {
    if (comment_starts(lexer) || (new_line && scanner->form != BLOCK)) {
      new_line = false;
      lexer->mark_end(lexer);
      uint8_t form = opening(lexer);
      scanner->form = form;
      read = read || form != UNKNOWN;
      if (form == UNKNOWN && lexer->lookahead == '\n') continue;
    }
    lexer->mark_end(lexer);
    if (lexer->lookahead == '@') {
      if (mark(lexer)) return read;
      read = true;
      continue;
    }
    int32_t c = lexer->lookahead;
    advance(lexer);
    read = true;
    new_line = c == '\n';
    if (c == '*' && lexer->lookahead == '/' && scanner->form == BLOCK) scanner->form = UNKNOWN;
  }
  lexer->mark_end(lexer);
  return read;
}

// The end of a line of a body: its newline, or the start of the comment that the next line is.
static bool scan_end_of_line(Scanner *scanner, TSLexer *lexer) {
  lexer->result_symbol = END_OF_LINE;
  if (!comment_starts(lexer)) {
    if (lexer->lookahead != '\n' || lexer->eof(lexer)) return false;
    advance(lexer);
  } else if (scanner->fresh) {
    return false;
  }
  lexer->mark_end(lexer);
  scanner->fresh = true;
  return true;
}

// The marker or the star that a line of a body starts with.
static bool scan_leader(Scanner *scanner, TSLexer *lexer) {
  lexer->result_symbol = LEADER;
  scanner->fresh = false;
  switch (scanner->form) {
    case HASH:
      if (lexer->lookahead != '#') return false;
      advance(lexer);
      break;
    case SLASHES:
      if (lexer->lookahead != '/') return false;
      // Each marker goes with the blanks behind it, and so does one that follows at once.
      while (lexer->lookahead == '/') {
        lexer->mark_end(lexer);
        advance(lexer);
        if (lexer->lookahead != '/') return true;
        advance(lexer);
      }
      break;
    default:
      if (lexer->lookahead != '*') return false;
      skip_all(lexer, '*');
      // The end of the comment is no leader.
      if (lexer->lookahead == '/' && scanner->form == BLOCK) return false;
  }
  lexer->mark_end(lexer);
  return true;
}

static bool scan_comment(Scanner *scanner, TSLexer *lexer) {
  lexer->result_symbol = COMMENT;
  while (!line_is_over(lexer)) {
    lexer->mark_end(lexer);
    bool star = lexer->lookahead == '*';
    advance(lexer);
    if (star && lexer->lookahead == '/' && scanner->form == BLOCK) return true;
  }
  lexer->mark_end(lexer);
  return true;
}

// A string on one line, or the three quotes that open a longer one.
static bool scan_string(Scanner *scanner, TSLexer *lexer, const bool *valid) {
  int32_t quote = lexer->lookahead;
  lexer->result_symbol = STRING;
  advance(lexer);
  if (lexer->lookahead == quote && !line_is_over(lexer)) {
    advance(lexer);
    lexer->mark_end(lexer);
    if (lexer->lookahead != quote || line_is_over(lexer) || !valid[LONG_OPEN]) return true;
    advance(lexer);
    lexer->mark_end(lexer);
    lexer->result_symbol = LONG_OPEN;
    scanner->quote = (char)quote;
    return true;
  }
  // One that is not closed ends with its line.
  while (!line_is_over(lexer)) {
    int32_t c = lexer->lookahead;
    advance(lexer);
    if (c == quote) break;
    if (c == '\\' && quote == '"' && !line_is_over(lexer)) advance(lexer);
  }
  lexer->mark_end(lexer);
  return true;
}

// A piece of a long string, or the three quotes that close it.
static bool scan_long(Scanner *scanner, TSLexer *lexer) {
  bool read = false;
  lexer->result_symbol = LONG_TEXT;
  while (!line_is_over(lexer)) {
    lexer->mark_end(lexer);
    if (lexer->lookahead == scanner->quote) {
      unsigned quotes = 0;
      while (lexer->lookahead == scanner->quote && !line_is_over(lexer) && quotes < 3) {
        advance(lexer);
        quotes++;
      }
      if (quotes == 3) {
        if (read) return true;
        lexer->mark_end(lexer);
        lexer->result_symbol = LONG_CLOSE;
        scanner->quote = 0;
        return true;
      }
    } else {
      bool escape = lexer->lookahead == '\\' && scanner->quote == '"';
      advance(lexer);
      if (escape && !line_is_over(lexer)) advance(lexer);
    }
    read = true;
  }
  lexer->mark_end(lexer);
  return read;
}

bool tree_sitter_klotho_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  Scanner *scanner = payload;
  bool recovering = valid[RECOVERING];
  if (!recovering && valid[BODY_FOLLOWS]) return scan_body(scanner, lexer);
  if (!recovering && valid[PROSE]) return scan_prose(scanner, lexer);
  if (recovering) scanner->quote = 0;
  bool in_long = scanner->quote != 0 && valid[LONG_TEXT];
  if (!in_long || scanner->fresh) {
    // Blanks at the end of a line belong to nothing.
    while (is_blank(lexer->lookahead) && !lexer->eof(lexer) && !(comment_starts(lexer) && !scanner->fresh)) {
      lexer->advance(lexer, true);
    }
  }
  if (lexer->eof(lexer)) return false;
  bool at_end = lexer->lookahead == '\n' || (comment_starts(lexer) && !scanner->fresh);
  if (at_end && valid[END_OF_LINE]) return scan_end_of_line(scanner, lexer);
  if (scanner->fresh && valid[LEADER] && starts_leader(lexer->lookahead)) {
    bool hash_is_comment = lexer->lookahead == '#' && scanner->form != HASH;
    if (!hash_is_comment) return scan_leader(scanner, lexer);
  }
  if (in_long) return scan_long(scanner, lexer);
  if (lexer->lookahead == '#' && valid[COMMENT]) return scan_comment(scanner, lexer);
  bool quoted = lexer->lookahead == '"' || lexer->lookahead == '\'';
  return quoted && valid[STRING] && !recovering && scan_string(scanner, lexer, valid);
}

void *tree_sitter_klotho_external_scanner_create(void) { return ts_calloc(1, sizeof(Scanner)); }

void tree_sitter_klotho_external_scanner_destroy(void *payload) { ts_free(payload); }

unsigned tree_sitter_klotho_external_scanner_serialize(void *payload, char *buffer) {
  memcpy(buffer, payload, sizeof(Scanner));
  return sizeof(Scanner);
}

void tree_sitter_klotho_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  memset(payload, 0, sizeof(Scanner));
  if (length == sizeof(Scanner)) memcpy(payload, buffer, length);
}
