using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Decant.Engine.Children.Sandbox;

/// <summary>Looks which layers of a sandbox hold on this machine, by closing one.</summary>
internal static class SandboxCheck
{
    /// <summary>Results by the layers that are left out: a kernel does not change while we run.</summary>
    private static readonly ConcurrentDictionary<SandboxLayers, Task<(SandboxLayers Held, int Landlock)?>> Looked =
        new();

    private static readonly IReadOnlyDictionary<SandboxLayers, string> Lacking = new Dictionary<SandboxLayers, string>
    {
        [SandboxLayers.Files] = "only their own files (Landlock, Linux 5.13)",
        [SandboxLayers.Ports] = "only their own port (Landlock 4, Linux 6.7)",
        [SandboxLayers.Scope] = "no signals and abstract sockets of others (Landlock 6, Linux 6.12)",
        [SandboxLayers.Calls] = "no dangerous system calls (seccomp)",
        [SandboxLayers.Privileges] = "no capabilities",
        [SandboxLayers.User] = "a user of their own",
        [SandboxLayers.Limits] = "limits",
    };

    /// <param name="options">Options, which say whether all layers must hold.</param>
    /// <param name="areLookUpsRoot">True where the extractor's children stay root, for its JavaScript runtime is root's alone.</param>
    public static async Task<EnginePart> CheckAsync(SandboxOptions options, bool areLookUpsRoot = false)
    {
        var root = Environment.IsPrivilegedProcess
            ? ". The service runs as root: give it a user of its own where you can"
            : "";
        if (await Looked.GetOrAdd(options.LeftOut, LookAsync) is not { } found)
            return Part(
                false,
                "children have limits and no new privileges, and no sandbox: there was no C compiler when this was built. On Debian: apt-get install tcc; then build again"
            );
        if (areLookUpsRoot)
            return Part(
                false,
                "look-ups stay root, for the JavaScript runtime, its folder or a directory above it is not readable for everybody: put it where it is (JavaScript__Runtime, JavaScript__Folder)"
            );
        var lacking = Lacking.Where(layer => !found.Held.HasFlag(layer.Key)).Select(layer => layer.Value).ToList();
        return lacking.Count == 0
            ? Part(true, $"every layer holds (Landlock {found.Landlock})")
            : Part(
                false,
                $"this kernel (Landlock {found.Landlock}) does not keep children to: {string.Join("; ", lacking)}"
            );

        EnginePart Part(bool holds, string detail) => new("sandbox", holds, !options.Required, detail + root);
    }

    private static async Task<(SandboxLayers Held, int Landlock)?> LookAsync(SandboxLayers leftOut)
    {
        if (!File.Exists(ExecutedChild.Launcher) || !File.Exists(ForkServer.Library))
            return null;
        var start = new ProcessStartInfo(
            ExecutedChild.Launcher,
            ["--layers", $"U{new SandboxOptions().FirstUser}", $"W{(int)leftOut}"]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Clear();
        try
        {
            using var process = await ChildStarter.StartAsync(start);
            // "255 7"
            var words = (await process.StandardOutput.ReadToEndAsync()).Split(' ', '\n');
            return words.Length >= 2 && int.TryParse(words[0], CultureInfo.InvariantCulture, out var held)
                ? ((SandboxLayers)held, int.Parse(words[1], CultureInfo.InvariantCulture))
                : (SandboxLayers.None, 0);
        }
        catch (Win32Exception)
        {
            // Built for another machine.
            return null;
        }
    }
}
