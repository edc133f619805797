using System.Diagnostics;
using Decant.Server.Tests.OpenApi;

namespace Decant.Server.Tests.Accounts;

/// <summary>A real OpenID Connect provider (npm <c>oidc-provider</c>) on loopback.</summary>
internal sealed class OidcProvider : IDisposable
{
    public const string ClientId = "decant";
    public const string ClientSecret = "a secret of the client";

    private readonly Process _process;
    private readonly DirectoryInfo _directory;

    private OidcProvider(Process process, DirectoryInfo directory, string address)
    {
        _process = process;
        _directory = directory;
        Address = address;
    }

    public string Address { get; }

    /// <param name="redirect">The one address that it sends people back to.</param>
    public static async Task<OidcProvider> StartAsync(string redirect)
    {
        var directory = await NpmTool.PrepareAsync();
        var process = Process.Start(
            new ProcessStartInfo("node", ["oidc-provider.js", redirect])
            {
                WorkingDirectory = directory.FullName,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            // Warnings for those who would run it for others go before.
            if (line.StartsWith("http://", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new OidcProvider(process, directory, line);
            }
        }

        throw new InvalidOperationException("The provider said nothing.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }
}
