using System.CommandLine;

namespace Xebec.Host.Cli;

/// <summary>Prints scripts that make a shell complete xebec's command line; they ask xebec itself for the words.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _xebec() {
          local words
          words="$(xebec "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)"
          mapfile -t COMPREPLY < <(compgen -W "$words" -- "${COMP_WORDS[COMP_CWORD]}")
        }
        complete -o default -F _xebec xebec
        """;

    private const string Zsh = """
        #compdef xebec
        _xebec() {
          local -a words
          words=("${(@f)$(xebec "[suggest:${#BUFFER}]" "$BUFFER" 2>/dev/null)}")
          compadd -a words
          _files
        }
        compdef _xebec xebec
        """;

    private const string Fish = """
        function __xebec_complete
          set -l line (commandline -cp)
          xebec "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c xebec -a '(__xebec_complete)'
        """;

    public static Command Create(HostServices services)
    {
        var command = new Command("completion", "Print the completion script of a shell, to be sourced by it");
        foreach (var (shell, script) in new[] { ("bash", Bash), ("zsh", Zsh), ("fish", Fish) })
        {
            var one = new Command(shell, $"Completion script for {shell}");
            one.SetAction(_ => services.Output.WriteLine(script));
            command.Subcommands.Add(one);
        }

        return command;
    }
}
