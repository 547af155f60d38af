-- A plain client drives the real server: Neovim 0.7 or newer, set up as docs/editors/neovim.md says for its version, on a
-- copy of the music service. KLOTHO_PARSERS may name a folder with the parsers klotho.so and typescript.so; colours are
-- looked at as well then.
--
--   KLOTHO_LS=target/debug/klotho-ls nvim --headless -u NONE -c "luafile tests/editors/neovim.lua"
--
-- Every wait is for a condition. Prints one line a check and a summary; ends with 1 when a check failed.

local PATIENCE = 30000 -- milliseconds until a condition counts as never met
local REPOSITORY = vim.fn.fnamemodify(debug.getinfo(1, "S").source:sub(2), ":p:h:h:h")

local passed, failed = 0, 0
local exit_code

local function say(text)
  io.stdout:write(text .. "\n")
end

local function check(name, ok, detail)
  if ok then
    passed = passed + 1
    say("ok      " .. name)
  else
    failed = failed + 1
    say("FAILED  " .. name .. (detail and "\n        " .. detail or ""))
  end
  return ok
end

local function wait(condition)
  return (vim.wait(PATIENCE, condition, 20))
end

local function read(path)
  return table.concat(vim.fn.readfile(path), "\n")
end

local function copy(from, to)
  vim.fn.mkdir(to, "p")
  for _, name in ipairs(vim.fn.readdir(from)) do
    local source, target = from .. "/" .. name, to .. "/" .. name
    if vim.fn.isdirectory(source) == 1 then
      copy(source, target)
    else
      vim.fn.writefile(vim.fn.readfile(source, "b"), target, "b")
    end
  end
end

-- Replaces `old`, which stands in one line, by `new`.
local function replace(lines, old, new)
  for at, line in ipairs(lines) do
    local first, last = line:find(old, 1, true)
    if first then
      local text = line:sub(1, first - 1) .. new .. line:sub(last + 1)
      return at - 1, text
    end
  end
  error("the file does not hold " .. old)
end

local function plant(path, old, new)
  local lines = vim.fn.readfile(path)
  local at, text = replace(lines, old, new)
  lines[at + 1] = text
  vim.fn.writefile(lines, path)
end

local function has_finding(buffer, code)
  for _, found in ipairs(vim.diagnostic.get(buffer)) do
    local lsp = found.user_data and found.user_data.lsp or {}
    if found.code == code or lsp.code == code then
      return true
    end
  end
  return false
end

local function findings(buffer)
  return "findings: " .. vim.inspect(vim.diagnostic.get(buffer))
end

-- The server under test is what `klotho-ls` names on PATH.
local function put_server_on_path(folder)
  local server = os.getenv("KLOTHO_LS")
  assert(server and server ~= "", "KLOTHO_LS does not name the server")
  vim.fn.mkdir(folder, "p")
  assert(vim.loop.fs_symlink(vim.fn.fnamemodify(server, ":p"), folder .. "/klotho-ls"))
  vim.env.PATH = folder .. ":" .. vim.env.PATH
end

local function is_newer_than(version)
  return vim.fn.has("nvim-" .. version) == 1
end

-- What the page tells people to write into their init.lua, as it stands there.
local function run_snippet()
  local heading = is_newer_than("0.11") and "0.11 and newer" or is_newer_than("0.10") and "0.10" or "0.7 to 0.9"
  local page = read(REPOSITORY .. "/docs/editors/neovim.md")
  local _, below = page:find("\n## " .. heading .. "\n", 1, true)
  local snippet = below and page:sub(below):match("\n```lua\n(.-)\n```\n")
  assert(snippet, "the page holds no snippet under " .. heading)
  -- Nobody else asks for the code with which the server ends.
  local function on_exit(code)
    exit_code = code
  end
  if is_newer_than("0.11") then
    vim.lsp.config("*", { on_exit = on_exit })
  else
    local start = vim.lsp.start_client
    vim.lsp.start_client = function(config)
      config.on_exit = on_exit
      return start(config)
    end
  end
  say("Neovim " .. tostring(vim.version().major) .. "." .. tostring(vim.version().minor) .. ", set up by: " .. heading)
  assert(loadstring(snippet))()
end

local function client_of(buffer)
  if vim.lsp.get_clients then
    local client = vim.lsp.get_clients({ bufnr = buffer })[1]
    return client and client.id
  end
  return (next(vim.lsp.buf_get_clients(buffer)))
end

-- Opens a file as someone does whose Neovim knows its type.
local function open(path, filetype)
  vim.cmd("edit " .. vim.fn.fnameescape(path))
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo[buffer].filetype = filetype
  local id
  wait(function()
    id = client_of(buffer)
    return id ~= nil
  end)
  return buffer, assert(id, "no server for " .. path)
end

local function request(buffer, id, method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, PATIENCE) or {}
  return answers[id] and answers[id].result or nil
end

local function hover_text(buffer, id, position)
  local document = vim.lsp.util.make_text_document_params(buffer)
  local hover = request(buffer, id, "textDocument/hover", { textDocument = document, position = position })
  local contents = hover and hover.contents or ""
  return type(contents) == "table" and contents.value or contents
end

-- The first action whose title starts with `title`, and the titles of all.
local function action_at(buffer, id, position, title)
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = { start = position, ["end"] = position },
    context = { diagnostics = {} },
  }
  local titles, chosen = {}, nil
  for _, action in ipairs(request(buffer, id, "textDocument/codeAction", params) or {}) do
    table.insert(titles, action.title)
    if not chosen and vim.startswith(action.title, title) then
      chosen = action
    end
  end
  if chosen and not chosen.edit then
    chosen = request(buffer, id, "codeAction/resolve", chosen)
  end
  return chosen, "titles: " .. table.concat(titles, "; ")
end

local function diagnostics(buffer, id)
  local found = wait(function()
    return has_finding(buffer, "target-not-public")
  end)
  check("a mistake is reported", found, findings(buffer))
  local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  local at, text = replace(lines, '"publc"', '"public"')
  local fix, titles = action_at(buffer, id, { line = at, character = 0 }, 'Replace by "public"')
  check("its fix is offered at the start of its line", fix ~= nil, titles)
  vim.api.nvim_buf_set_lines(buffer, at, at + 1, false, { text })
  local gone = wait(function()
    return #vim.diagnostic.get(buffer) == 0
  end)
  check("the mistake undone, nothing is reported", gone, findings(buffer))
end

local function hover(buffer, id, annotation)
  local text = hover_text(buffer, id, annotation)
  local shown = "hover: " .. text
  check("the hover holds a table", text:find("\n|[ :-]*%-%-") ~= nil, shown)
  check("the hover compares Lambda and Fargate", text:find("Lambda") and text:find("Fargate"), shown)
end

local function switch(buffer, id, annotation, root)
  local action, titles = action_at(buffer, id, annotation, "Switch playlists to ECS")
  if not check("switching to ECS is offered", action and action.edit, titles) then
    return
  end
  vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(id).offset_encoding)
  vim.cmd("silent wall")
  local source, config = read(root .. "/playlists.ts"), read(root .. "/klotho.yaml")
  check("the annotation on disk says ecs", source:find('target = "ecs"', 1, true), source)
  check("klotho.yaml on disk says ecs", config:find("type: ecs", 1, true), config)
end

local function stop(id)
  local client = vim.lsp.get_client_by_id(id)
  if is_newer_than("0.11") then
    client:stop()
  else
    client.stop()
  end
  wait(function()
    return exit_code ~= nil
  end)
  check("the server ends with 0", exit_code == 0, "exit code: " .. tostring(exit_code))
end

-- The colours of an annotation, by the queries of the grammar.
local function colours(buffer)
  local parsers = os.getenv("KLOTHO_PARSERS")
  if not (parsers and is_newer_than("0.10")) then
    return
  end
  vim.opt.runtimepath:append(REPOSITORY .. "/grammars/tree-sitter-klotho/editors/neovim")
  for _, language in ipairs({ "klotho", "typescript" }) do
    vim.treesitter.language.add(language, { path = parsers .. "/" .. language .. ".so" })
  end
  vim.treesitter.start(buffer, "typescript")
  vim.treesitter.get_parser(buffer):parse(true)
  for part, expected in pairs({ ["execution_unit"] = "type", ["id ="] = "property", ['"playlists"'] = "string" }) do
    local row, column
    for at, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
      column = line:find(part, 1, true)
      if column then
        row = at
        break
      end
    end
    local names = {}
    for _, capture in ipairs(vim.treesitter.get_captures_at_pos(buffer, row - 1, column - 1)) do
      table.insert(names, capture.lang .. ":" .. capture.capture)
    end
    check(part .. " is coloured", vim.tbl_contains(names, "klotho:" .. expected), table.concat(names, " "))
  end
end

-- A project that nobody configured is served too, and so is every file that may hold an annotation.
local function unconfigured(root)
  vim.fn.mkdir(root .. "/src", "p")
  vim.fn.mkdir(root .. "/.git", "p")
  local ids = {}
  for name, case in pairs({ ["src/A.cs"] = { "cs", "//" }, Dockerfile = { "dockerfile", "#" }, ["src/a.yaml"] = { "yaml", "#" } }) do
    vim.fn.writefile({ case[2] .. " @klotho::nonsense", "" }, root .. "/" .. name)
    local buffer, id = open(root .. "/" .. name, case[1])
    ids[id] = true
    local found = wait(function()
      return has_finding(buffer, "unknown-capability")
    end)
    check("a mistake in " .. name .. " is reported", found, findings(buffer))
  end
  check("one server for one project", vim.tbl_count(ids) == 1, vim.inspect(ids))
  for id in pairs(ids) do
    stop(id)
  end
end

local function run(folder)
  put_server_on_path(folder .. "/bin")
  run_snippet()
  local root = folder .. "/music-service"
  copy(REPOSITORY .. "/tests/apps/music-service", root)
  plant(root .. "/playlists.ts", 'target = "public"', 'target = "publc"')
  local buffer, id = open(root .. "/playlists.ts", "typescript")
  local annotation = { line = 0, character = #"/* @klotho::exec" }
  diagnostics(buffer, id)
  hover(buffer, id, annotation)
  colours(buffer)
  switch(buffer, id, annotation, root)
  stop(id)
  exit_code = nil
  unconfigured(folder .. "/unconfigured")
end

local folder = vim.fn.tempname()
-- An error that left this script would leave Neovim waiting for input.
local ok, reason = xpcall(run, debug.traceback, folder)
if not ok then
  check("the script runs to its end", false, reason)
end
vim.fn.delete(folder, "rf")
say(passed .. " passed, " .. failed .. " failed")
vim.cmd(failed == 0 and "qall!" or "cquit 1")
