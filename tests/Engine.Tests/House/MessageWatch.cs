using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using Decant.Engine.Errors;
using Decant.Engine.Tests.House;

[assembly: AssemblyFixture(typeof(MessageWatch))]

namespace Decant.Engine.Tests.House;

/// <summary>All messages that the engine's refusals and failures have in a run of the tests: none may have a hole where something was to be named.</summary>
public sealed partial class MessageWatch : IDisposable
{
    private readonly ConcurrentDictionary<string, string> _holes = new();

    public MessageWatch() => AppDomain.CurrentDomain.FirstChanceException += Look;

    /// <returns>What is missing in a message; null where nothing is.</returns>
    public static string? HoleIn(string message) =>
        message.Length == 0 ? "all of it"
        : Hole().Match(message) is { Success: true } hole ? hole.Value
        : null;

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= Look;
        Assert.Empty(_holes);
    }

    private void Look(object? sender, FirstChanceExceptionEventArgs thrown)
    {
        if (thrown.Exception is MediaException { Message: var message } && HoleIn(message) is { } hole)
            _holes.TryAdd(message, hole);
    }

    /// <summary>Empty quotes and brackets, two blanks, a blank before or a doubled sign at the end of a sentence, a number that is missing, and what .NET writes for nothing.</summary>
    [GeneratedRegex(
        """''|""|“”|\(\s*\)|\[\s*\]|  |\{\d*\}|\bnull\b|\s[.,;:!](\s|$)|[:,;]\.|(?<!\.)\.\.$|^\s|\s$|\bof\.$""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Hole();
}
