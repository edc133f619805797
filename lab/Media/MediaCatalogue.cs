using System.Collections.Concurrent;
using System.Text.Json;

namespace Decant.Lab.Media;

/// <summary>Every medium of the lab, made with ffmpeg when it is first asked for and kept on disk for the next run.</summary>
public sealed class MediaCatalogue
{
    private const string Record = "media.json";

    private readonly string _directory;
    private readonly Dictionary<string, MediaRecipe> _recipes;
    private readonly ConcurrentDictionary<string, MediaFile> _made = new(StringComparer.Ordinal);

    internal MediaCatalogue(string directory)
    {
        _directory = Directory.CreateDirectory(Path.Combine(directory, "media")).FullName;
        _recipes = Recipes.All().ToDictionary(recipe => recipe.Name, StringComparer.Ordinal);
    }

    /// <summary>What can be asked for.</summary>
    public IReadOnlyCollection<string> Names => _recipes.Keys;

    /// <summary>Those that have to be encoded when they are first asked for.</summary>
    public IEnumerable<string> SlowNames =>
        _recipes.Values.Where(recipe => !recipe.IsQuick).Select(recipe => recipe.Name);

    /// <summary>Whether asking for it costs nothing.</summary>
    public bool IsMade(string name) => File.Exists(Path.Combine(HomeOf(Find(name)), Record));

    /// <summary>The medium of that name, made now if no process has made it yet.</summary>
    /// <exception cref="KeyNotFoundException">The catalogue has no such name.</exception>
    public async Task<MediaFile> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (_made.TryGetValue(name, out var known))
        {
            return known;
        }

        var recipe = Find(name);
        var home = HomeOf(recipe);
        var record = Path.Combine(home, Record);
        if (!File.Exists(record))
        {
            await MakeAsync(recipe, home, cancellationToken);
        }

        await using var stored = File.OpenRead(record);
        var made = await JsonSerializer.DeserializeAsync<MediaFile>(stored, cancellationToken: cancellationToken);
        return _made.GetOrAdd(name, made! with { Path = EntryPath(recipe, home) });
    }

    /// <summary>A file of a catalogue entry: the entry itself, or <paramref name="rest"/> inside its directory. Null if there is none.</summary>
    internal async Task<string?> FindFileAsync(string name, string rest, CancellationToken cancellationToken)
    {
        if (!_recipes.TryGetValue(name, out var recipe))
        {
            return null;
        }

        var entry = (await GetAsync(name, cancellationToken)).Path;
        if (recipe.Entry is null)
        {
            return rest.Length == 0 ? entry : null;
        }

        var directory = Path.GetDirectoryName(entry)!;
        var path = Path.GetFullPath(Path.Combine(directory, rest));
        return path.StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal) && File.Exists(path)
            ? path
            : null;
    }

    private string HomeOf(MediaRecipe recipe) => Path.Combine(_directory, $"{recipe.Name}-{recipe.Key(Find)}");

    private static string EntryPath(MediaRecipe recipe, string home) =>
        recipe.Entry is null ? Path.Combine(home, recipe.Name) : Path.Combine(home, recipe.Name, recipe.Entry);

    private MediaRecipe Find(string name) =>
        _recipes.GetValueOrDefault(name)
        ?? throw new KeyNotFoundException($"The lab has no medium named \"{name}\". lab/README.md lists what it has.");

    private async Task MakeAsync(MediaRecipe recipe, string home, CancellationToken cancellationToken)
    {
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var need in recipe.Needs)
        {
            inputs[need] = (await GetAsync(need, cancellationToken)).Path;
        }

        using var held = await CrossProcessLock.TakeAsync(home + ".lock", cancellationToken);
        if (File.Exists(Path.Combine(home, Record)))
        {
            return;
        }

        // Under the lock the draft is ours alone; one that a killed process left behind goes first.
        var draft = home + ".draft";
        Discard(draft);
        Directory.CreateDirectory(recipe.Entry is null ? draft : Path.Combine(draft, recipe.Name));
        try
        {
            await recipe.MakeAsync(new RecipeRun(Path.Combine(draft, recipe.Name), inputs), cancellationToken);
            var made = await MediaMeasure.MeasureAsync(recipe, EntryPath(recipe, draft), cancellationToken);
            await File.WriteAllBytesAsync(
                Path.Combine(draft, Record),
                JsonSerializer.SerializeToUtf8Bytes(made),
                cancellationToken
            );
            Directory.Move(draft, home);
        }
        finally
        {
            Discard(draft);
        }
    }

    private static void Discard(string draft)
    {
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }
    }
}
