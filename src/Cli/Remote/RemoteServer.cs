using Decant.Client;
using Decant.Engine.Errors;

namespace Decant.Cli.Remote;

/// <summary>The server that a command is to be done by.</summary>
internal static class RemoteServer
{
    public const string KeyVariable = "DECANT_KEY";

    /// <param name="address">Address as it was typed; null for the server of <c>decant login</c>.</param>
    /// <exception cref="MediaException"><c>invalid_request</c> where no server or no key is known.</exception>
    public static (Uri Server, string Key) Find(string? address)
    {
        var login = Login.Load();
        var server = address is null
            ? login?.Server ?? throw Refused("no server is known: log in to one with `decant login`, or name it")
            : ReadAddress(address);
        var key =
            Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } given ? given
            : login?.Server == server ? login.Key
            : throw Refused(
                $"no key for {server} is known: log in with `decant login {server}`, or put one into {KeyVariable}"
            );
        return (server, key);
    }

    /// <exception cref="MediaException"><c>invalid_request</c>.</exception>
    public static Uri ReadAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var server) && server.Scheme is "http" or "https"
            ? server
            : throw Refused($"'{address}' is not the address of a server, such as http://127.0.0.1:8080");

    /// <returns>The exit code for a refusal of a server, or for one that is out of reach.</returns>
    public static int CodeOf(DecantException failure) =>
        failure.Code == DecantException.Unreachable || failure.Retryable ? ExitCode.SourceFailing
        : failure.Status is 400 or 401 or 403 or 404 && failure.Job is null ? ExitCode.BadRequest
        : ExitCode.Unavailable;

    private static MediaException Refused(string why) => new(MediaError.InvalidRequest, why);
}
