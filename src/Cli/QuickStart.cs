using Decant.Engine;
using Decant.Engine.Extracting.YtDlp;
using Decant.Server.Hosting;
using Microsoft.Extensions.Configuration;

namespace Decant.Cli;

/// <summary>Start of a command that is over within a second: Python is started before the command line is read (<c>docs/adr/0070</c>).</summary>
internal static class QuickStart
{
    /// <summary>The extractor's process, where it was started; null where no command will want one.</summary>
    public static ExtractorHeadStart? Extractor { get; private set; }

    public static void Begin(string[] args)
    {
        if (args is not ["get" or "info", .. var words] || !IsForPages(words))
        {
            return;
        }

        var environment = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var settings = new ExtractorSettings
        {
            Folder = environment["Extractor:Folder"],
            LookUpSocket = environment["Extractor:LookUpSocket"],
        };
        Extractor = ExtractorHeadStart.Begin(
            new EngineOptions
            {
                ExtractorFolder = settings.FullFolder,
                LookUpSocket = UserDirectories.LookUpSocket(environment, settings),
            }
        );
    }

    /// <summary>True for an address that is neither a file's nor a proxy's, where no server is to be asked; read before the command line is parsed in earnest.</summary>
    private static bool IsForPages(string[] words) =>
        !words.Any(word => word.StartsWith("--remote", StringComparison.Ordinal) || word is "--help" or "-h" or "-?")
        && words
            .Where((_, place) => place == 0 || words[place - 1] != "--proxy")
            .Any(word =>
                word.StartsWith("http", StringComparison.Ordinal)
                && Uri.TryCreate(word, UriKind.Absolute, out var address)
                && ExtractorHeadStart.IsWorthIt(address)
            );
}
