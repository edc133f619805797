using System.Diagnostics;

namespace Decant.Server.Tests.Sandbox;

/// <summary>Programs of C that stand beside the tests.</summary>
internal static class CompiledProgram
{
    /// <param name="source">Name of the file.</param>
    /// <param name="arguments">Of the compiler.</param>
    public static async Task MakeAsync(string source, params string[] arguments)
    {
        var compiler = new[] { "/usr/bin/cc", "/usr/bin/tcc" }.First(File.Exists);
        var path = Path.Combine(AppContext.BaseDirectory, "hostile", source);
        using var compiling = Process.Start(compiler, [.. arguments, path]);
        await compiling.WaitForExitAsync();
        Assert.Equal(0, compiling.ExitCode);
    }
}
