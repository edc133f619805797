using System.Text.Json;
using System.Text.Json.Serialization;

namespace Decant.Cli.Remote;

/// <summary>The server and key that <c>decant login</c> has kept, in a file that only its owner reads.</summary>
/// <param name="Server">The server's address.</param>
/// <param name="Key">An API key of it.</param>
internal sealed partial record Login(Uri Server, string Key)
{
    public static string Path { get; } =
        System.IO.Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } config
                ? config
                : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
            "decant",
            "login.json"
        );

    /// <returns>Null where nobody has logged in.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Login? Load()
    {
        try
        {
            return File.Exists(Path) ? JsonSerializer.Deserialize(File.ReadAllText(Path), Json.Default.Login) : null;
        }
        catch (JsonException failure)
        {
            throw new IOException($"'{Path}' is no login of decant's; `decant login` writes a new one", failure);
        }
    }

    public void Save()
    {
        Directory.CreateDirectory(
            System.IO.Path.GetDirectoryName(Path)!,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        // Another file in its place: one that others may read stays readable when it is written into.
        File.Delete(Path);
        using var file = new FileStream(
            Path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
        JsonSerializer.Serialize(file, this, Json.Default.Login);
    }

    /// <summary>The server's address, without the key.</summary>
    public override string ToString() => Server.ToString();

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
    [JsonSerializable(typeof(Login))]
    private sealed partial class Json : JsonSerializerContext;
}
