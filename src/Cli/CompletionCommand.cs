using System.CommandLine;

namespace Decant.Cli;

/// <summary><c>decant completion</c>: a script by which a shell completes this command's words.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # decant completion bash >/etc/bash_completion.d/decant
        _decant() {
            local IFS=$'\n'
            COMPREPLY=($("$1" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null))
        }
        complete -o default -F _decant decant ./decant
        """;

    private const string Zsh = """
        #compdef decant
        # decant completion zsh >"${fpath[1]}/_decant"
        _decant() {
            local -a words_found
            words_found=("${(@f)$(decant "[suggest:$((CURSOR))]" "$BUFFER" 2>/dev/null)}")
            if [[ -n "${words_found[1]}" ]]; then compadd -- "${words_found[@]}"; else _files; fi
        }
        compdef _decant decant
        """;

    private const string Fish = """
        # decant completion fish >~/.config/fish/completions/decant.fish
        complete -c decant -f -a "(set -l line (commandline -cp); decant \"[suggest:\"(string length -- \"\$line\")\"]\" \"\$line\" 2>/dev/null)"
        """;

    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = Bash,
        ["zsh"] = Zsh,
        ["fish"] = Fish,
    };

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", "Print a script by which a shell completes decant's words.") { shell };
        ExampleHelp.AddTo(
            command,
            """
            Examples:
              source <(decant completion bash)
              decant completion zsh >"${fpath[1]}/_decant"
              decant completion fish >~/.config/fish/completions/decant.fish
            """
        );
        command.SetAction(parsed => Console.Out.WriteLine(Scripts[parsed.GetRequiredValue(shell)]));
        return command;
    }
}
