using System.CommandLine;
using System.Text;
using Decant.Client;
using Decant.Engine.Errors;

namespace Decant.Cli.Remote;

/// <summary><c>decant login</c>: keeps a server's address and a key of it, for <c>get --remote</c>.</summary>
internal static class LoginCommand
{
    public static Command Create()
    {
        var server = new Argument<string>("server")
        {
            Description = "Address of the server.",
            HelpName = "http://host:8080",
        };
        var command = new Command("login", "Keep the address and an API key of a server, for `get --remote`.")
        {
            server,
        };
        ExampleHelp.AddTo(
            command,
            """
            Examples:
              decant login https://media.example.org
              echo "$KEY" | decant login http://127.0.0.1:8080

            The key is asked for, or read from stdin; the server is asked whether it knows it. Both are kept in
            ~/.config/decant/login.json, which only you can read. `rm` it to forget them.
            """
        );
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(server), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            var server = RemoteServer.ReadAddress(address);
            var key = await ReadKeyAsync(cancellationToken);
            if (key.Length == 0)
            {
                throw new MediaException(
                    MediaError.InvalidRequest,
                    "no key was given: type it, or pipe it in; the server's page makes one under Settings, API keys"
                );
            }

            var login = new Login(server, key);
            using var client = new DecantClient(login.Server, DecantCredential.ApiKey(login.Key));
            await client.ListJobsAsync(new JobQuery { Limit = 1 }, cancellationToken);
            login.Save();
            await Console.Error.WriteLineAsync($"decant: logged in to {login.Server}");
            return ExitCode.Done;
        }
        catch (MediaException failure)
        {
            await Console.Error.WriteLineAsync($"decant: {failure.Message}");
            return ExitCode.BadRequest;
        }
        catch (DecantException failure)
        {
            await Console.Error.WriteLineAsync($"decant: {failure.Code}: {failure.Message}");
            return RemoteServer.CodeOf(failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"decant: {failure.Message}");
            return ExitCode.Failed;
        }
    }

    private static async Task<string> ReadKeyAsync(CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
        {
            return (await Console.In.ReadLineAsync(cancellationToken) ?? "").Trim();
        }

        await Console.Error.WriteAsync("API key: ");
        var key = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } pressed)
        {
            if (pressed.Key != ConsoleKey.Backspace)
            {
                key.Append(pressed.KeyChar);
            }
            else if (key.Length > 0)
            {
                key.Length--;
            }
        }

        await Console.Error.WriteLineAsync();
        return key.ToString().Trim();
    }
}
