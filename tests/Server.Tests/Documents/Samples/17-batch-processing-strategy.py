def optimize_batch_downloads(urls, api_key, max_concurrent=5):
    """Optimize batch downloads with concurrency control"""

    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    def process_single_download(url):
        download_request = {
            "url": url,
            "format": "mp3",
            "quality": "192kbps",
            "audio_only": True
        }

        response = requests.post(
            "https://api.audiopod.ai/api/v1/video/download",
            headers={"X-API-Key": api_key},
            json=download_request
        )

        return response.json() if response.status_code == 200 else None

    # Process in batches to avoid overwhelming the API
    batch_size = max_concurrent
    all_jobs = []

    for i in range(0, len(urls), batch_size):
        batch_urls = urls[i:i + batch_size]

        with ThreadPoolExecutor(max_workers=max_concurrent) as executor:
            batch_jobs = list(executor.map(process_single_download, batch_urls))

        all_jobs.extend([job for job in batch_jobs if job])

        # Brief pause between batches
        time.sleep(2)

    return all_jobs
