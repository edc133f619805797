using Decant.Server.Tests.Fixture;

namespace Decant.Server.Tests.Languages;

/// <summary>The Python client, by the machine's own Python.</summary>
public sealed class PythonTests(PythonRun run) : IClassFixture<PythonRun>
{
    [Theory]
    [MemberData(nameof(PythonRun.Cases), MemberType = typeof(PythonRun))]
    public void The_client_works(string name) => run.AssertOk(name);

    [Fact]
    public async Task Its_types_hold_by_mypys_strictest_rules()
    {
        Assert.SkipUnless(File.Exists(PythonRun.Mypy), "mypy is not there: ./decant test installs it on Debian.");
        await run.CheckTypesAsync();
    }

    [Fact]
    public Task Python_3_9_can_read_it() => run.ReadAsOldPythonAsync();
}

/// <summary>A run of the Python client's cases.</summary>
public sealed class PythonRun : ClientRun
{
    public const string Mypy = "/usr/bin/mypy";

    private const string Python = "/usr/bin/python3";
    private static readonly string Client = Path.Combine(Repository.Root, "clients", "python");

    public static IEnumerable<TheoryDataRow<string>> Cases() => CasesIn("clients/python/test/cases.py", "def ", "():");

    public Task CheckTypesAsync() =>
        Tool.RunAsync(
            Directory,
            Mypy,
            "--strict",
            "--python-version=3.9",
            $"--cache-dir={Path.Combine(Directory.FullName, "mypy")}",
            Path.Combine(Client, "src")
        );

    public Task ReadAsOldPythonAsync() =>
        Tool.RunAsync(
            Directory,
            Python,
            "-c",
            "import ast, pathlib, sys; [ast.parse(file.read_text(), feature_version=(3, 9)) for file in pathlib.Path(sys.argv[1]).rglob('*.py')]",
            Path.Combine(Client, "src")
        );

    protected override Task<string?> PrepareAsync() => Task.FromResult<string?>(null);

    protected override Task<string> RunAsync(string given) =>
        Tool.RunAsync(Directory, Python, Path.Combine(Client, "test", "cases.py"), given);
}
