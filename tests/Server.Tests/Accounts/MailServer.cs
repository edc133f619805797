using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Decant.Lab;
using Decant.Server.Tests.OpenApi;
using MimeKit;

namespace Decant.Server.Tests.Accounts;

/// <summary>A real mail server (npm <c>smtp-server</c>) on loopback, which wants STARTTLS and a password, with a certificate of the lab's authority.</summary>
public sealed class MailServer : IAsyncDisposable
{
    public const string Username = "decant";
    public const string Password = "a password of the mail server";

    private readonly ConcurrentDictionary<string, Channel<Mailed>> _boxes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Process _process;
    private readonly DirectoryInfo _directory;
    private readonly Task _reading;

    private MailServer(Process process, DirectoryInfo directory, int port)
    {
        (_process, _directory, Port) = (process, directory, port);
        _reading = ReadAsync();
    }

    public int Port { get; }

    /// <summary>Settings of a Decant that sends its mail by this server.</summary>
    public IEnumerable<string> Settings =>
        [
            "PublicBaseUrl=https://media.example.org",
            "Accounts:AllowSignUp=true",
            "Smtp:Host=localhost",
            $"Smtp:Port={Port.ToString(CultureInfo.InvariantCulture)}",
            $"Smtp:Username={Username}",
            $"Smtp:Password={Password}",
            "Smtp:From=Decant <decant@example.org>",
        ];

    /// <param name="internet">Its authority is the one that Decant believes.</param>
    public static async Task<MailServer> StartAsync(LabInternet internet)
    {
        var directory = await NpmTool.PrepareAsync();
        var certificate = internet.CertificateFor("localhost").TargetCertificate;
        using AsymmetricAlgorithm key =
            (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey() ?? certificate.GetRSAPrivateKey()!;
        await File.WriteAllTextAsync(PathOf("cert.pem"), certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(PathOf("key.pem"), key.ExportPkcs8PrivateKeyPem());
        var process = Process.Start(
            new ProcessStartInfo("node", ["mail-server.js", "cert.pem", "key.pem"])
            {
                WorkingDirectory = directory.FullName,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var port = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return new MailServer(process, directory, int.Parse(port!, CultureInfo.InvariantCulture));

        string PathOf(string name) => Path.Combine(directory.FullName, name);
    }

    /// <summary>The next mail to an address, once it is there.</summary>
    public async Task<Mailed> NextAsync(string address) =>
        await BoxOf(address).Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Mails to an address that nobody has read.</summary>
    public int UnreadOf(string address) => BoxOf(address).Reader.Count;

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
        _directory.Delete(recursive: true);
    }

    private Channel<Mailed> BoxOf(string address) => _boxes.GetOrAdd(address, _ => Channel.CreateUnbounded<Mailed>());

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var mail = JsonNode.Parse(line)!;
            using var raw = new MemoryStream(Convert.FromBase64String((string)mail["raw"]!));
            var message = await MimeMessage.LoadAsync(raw);
            foreach (var address in mail["to"]!.AsArray())
            {
                var arrived = new Mailed(
                    message.Subject ?? "",
                    message.TextBody ?? "",
                    message.From.ToString(),
                    message.MessageId ?? "",
                    (bool)mail["secure"]!,
                    (string?)mail["user"]
                );
                await BoxOf((string)address!).Writer.WriteAsync(arrived);
            }
        }
    }
}

/// <summary>A mail as the server took it.</summary>
public sealed record Mailed(string Subject, string Text, string From, string Id, bool IsEncrypted, string? User)
{
    /// <summary>Token of the link in it.</summary>
    public string Token => Text.Split('#')[1].Split('\r', '\n')[0];
}
