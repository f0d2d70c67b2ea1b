"""The operations of `search`, blocking and asynchronous."""

from __future__ import annotations

import collections.abc
import datetime

from ... import models, types
from ...client import AsyncClient, Client


class Search:
    """The operations of `search`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def upload_image(
        self,
        file_name: str,
        *,
        body: bytes | types.Readable,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Upload an image to search by.

        Args:
            file_name: Name to store the file under.
            body: The content of the file.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            None: The image is stored under this file name. There is no body.

        Raises:
            InvalidArgumentError: `file_name` is empty, `.` or `..`, or an argument is out of bounds
                or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1search~1by-image~1uploads~1{file-name}/put
        """
        from . import upload_image as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request, file_name, body=body, extra_query=extra_query
            ),
            timeout=timeout,
            headers=headers,
        )

    def events(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.EventFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.EventSearchSortOrder | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        editorial_segment: models.EditorialSegmentContract | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.EventsSearchResult:
        """Search events.

        Args:
            phrase: What to search for, in words.
            fields: Fields of each event in the response. Known items: `id`, `child_event_count`,
                `editorial_segments`, `hero_image`, `image_count`, `keywords`, `location`, `name`,
                `start_date`, `type`.
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of items on a page. At least `1`. If it is not given, the server takes
                `30`.
            sort_order: How the items of all pages are sorted. Known values: `newest`, `oldest`.
            date_from: Only events on or after this date.
            date_to: Only events on or before this date.
            editorial_segment: Only events of this segment. Known values: `archival`,
                `entertainment`, `news`, `publicity`, `royalty`, `sport`.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            gi_country_code: Code of the country in which the assets are to be used.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            EventsSearchResult: The requested page of the events found.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1search~1events/get
        """
        from . import events as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                fields=fields,
                page=page,
                page_size=page_size,
                sort_order=sort_order,
                date_from=date_from,
                date_to=date_to,
                editorial_segment=editorial_segment,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_events(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.EventFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.EventSearchSortOrder | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        editorial_segment: models.EditorialSegmentContract | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.Iterator[models.Event]:
        """Iterate over the `events` of all pages of `events`.

        Pages are fetched as they are needed. They end with one that is empty or came before, or
        when `result_count` is reached. An item with the `id` of an earlier one is left out.

        Args:
            page: The first page to fetch; by default 1.
            page_size: The number of items on a page; by default 30.
            Any other: As for `events`, for every page.

        Returns:
            An iterator of Event.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            Any other: As for `events`, while iterating.

        Source: present-day.yaml, /paths/~1v3~1search~1events/get
        """
        from . import events as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            fields=fields,
            page=page,
            page_size=page_size,
            sort_order=sort_order,
            date_from=date_from,
            date_to=date_to,
            editorial_segment=editorial_segment,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    def images(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.ImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.BlendedImageSortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        color: str | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        download_product: str | None = None,
        embed_content_only: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        event_ids: collections.abc.Sequence[int] | None = None,
        exclude_nudity: bool | None = None,
        file_types: collections.abc.Sequence[models.SearchFileType] | None = None,
        graphical_styles: collections.abc.Sequence[models.GraphicalStyle] | None = None,
        graphical_styles_filter_type: models.GraphicalStylesFilterType | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        minimum_size: models.TeeShirtSize | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.ImageOrientationRequest] | None = None,
        specific_people: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.ImageSearchItemSearchResults:
        """Search creative and editorial images.

        Args:
            phrase: What to search for, in words.
            fields: Fields of each image in the response. A name that ends in `_set` stands for
                several fields. Known items: `accessrestriction`, `allowed_use`, `alternative_ids`,
                `artist`, `asset_family`, `call_for_image`, `caption`, `collection_code`,
                `collection_id`, `collection_name`, `color_type`, `comp`, `comp_webp`, `copyright`,
                `date_camera_shot`, `date_created`, `date_submitted`, `detail_set`, `display_set`,
                `download_product`, `download_sizes`, `editorial_segments`, `editorial_source`,
                `entity_details`, `event_ids`, `graphical_style`, `id`, `istock_collection`,
                `keywords`, `largest_downloads`, ....
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of items on a page. At least `1`. If it is not given, the server takes
                `30`.
            sort_order: How the items of all pages are sorted. Known values: `best_match`,
                `most_popular`, `newest`, `random`.
            age_of_people: Only assets that show people of one of these ages. Known items:
                `newborn`, `baby`, `child`, `teenager`, `young_adult`, `adult`, `adults_only`,
                `mature_adult`, `senior_adult`, `0-1_months`, `2-5_months`, `6-11_months`,
                `12-17_months`, `18-23_months`, `2-3_years`, `4-5_years`, `6-7_years`, `8-9_years`,
                `10-11_years`, `12-13_years`, `14-15_years`, `16-17_years`, `18-19_years`,
                `20-24_years`, `20-29_years`, `25-29_years`, `30-34_years`, `30-39_years`,
                `35-39_years`, `40-44_years`, ....
            artists: Only assets of these artists, given by name.
            collection_codes: Codes of collections to search in or to leave out, as
                `collections_filter_type` has it.
            collections_filter_type: Whether `collection_codes` names the collections to search in
                or those to leave out. Known values: `include`, `exclude`.
            color: Only images in which this colour is dominant.
            compositions: Only assets with one of these compositions. Known items: `abstract`,
                `candid`, `close_up`, `copy_space`, `cut_out`, `full_frame`, `full_length`,
                `headshot`, `looking_at_camera`, `macro`, `medium_shot`, `part_of_a_series`,
                `portrait`, `sparse`, `still_life`, `three_quarter_length`, `waist_up`, `wide_shot`.
            download_product: Only assets that can be downloaded with this product of the customer.
            embed_content_only: Whether to find only images that may be embedded. If it is not
                given, the server takes false.
            ethnicity: Only assets that show people of one of these ethnicities. Known items:
                `black`, `white`, `east_asian`, `hispanic_latinx`, `japanese`, `middle_eastern`,
                `multiracial_person`, `multiethnic_group`, `native_american_first_nations`,
                `pacific_islander`, `south_asian`, `southeast_asian`.
            event_ids: Only assets of one of the events with these ids.
            exclude_nudity: Whether to leave out assets that show nudity. If it is not given, the
                server takes false.
            file_types: Only images that are available as one of these file types. Known items:
                `eps`.
            graphical_styles: Graphical styles to find or to leave out, as
                `graphical_styles_filter_type` has it. Known items: `fine_art`, `illustration`,
                `photography`, `vector`.
            graphical_styles_filter_type: Whether `graphical_styles` names the styles to find or
                those to leave out. Known values: `include`, `exclude`.
            include_related_searches: Whether the response is to have related searches. If it is not
                given, the server takes false.
            keyword_ids: Only assets with these keywords, given by id.
            minimum_size: Only images that are available in this size or a larger one. Known values:
                `x_small`, `small`, `medium`, `large`, `x_large`, `xx_large`, `vector`.
            number_of_people: Only assets that show one of these numbers of people. Known items:
                `none`, `one`, `two`, `group`.
            orientations: Only images with one of these orientations. Known items: `horizontal`,
                `vertical`, `square`, `panoramic_horizontal`, `panoramic_vertical`.
            specific_people: Only assets that show one of the people of these names.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            gi_country_code: Code of the country in which the assets are to be used.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            ImageSearchItemSearchResults: The requested page of the images found.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1search~1images/get
        """
        from . import images as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                fields=fields,
                page=page,
                page_size=page_size,
                sort_order=sort_order,
                age_of_people=age_of_people,
                artists=artists,
                collection_codes=collection_codes,
                collections_filter_type=collections_filter_type,
                color=color,
                compositions=compositions,
                download_product=download_product,
                embed_content_only=embed_content_only,
                ethnicity=ethnicity,
                event_ids=event_ids,
                exclude_nudity=exclude_nudity,
                file_types=file_types,
                graphical_styles=graphical_styles,
                graphical_styles_filter_type=graphical_styles_filter_type,
                include_related_searches=include_related_searches,
                keyword_ids=keyword_ids,
                minimum_size=minimum_size,
                number_of_people=number_of_people,
                orientations=orientations,
                specific_people=specific_people,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_images(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.ImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.BlendedImageSortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        color: str | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        download_product: str | None = None,
        embed_content_only: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        event_ids: collections.abc.Sequence[int] | None = None,
        exclude_nudity: bool | None = None,
        file_types: collections.abc.Sequence[models.SearchFileType] | None = None,
        graphical_styles: collections.abc.Sequence[models.GraphicalStyle] | None = None,
        graphical_styles_filter_type: models.GraphicalStylesFilterType | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        minimum_size: models.TeeShirtSize | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.ImageOrientationRequest] | None = None,
        specific_people: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.Iterator[models.ImageSearchItem]:
        """Iterate over the `images` of all pages of `images`.

        Pages are fetched as they are needed. They end with one that is empty or came before, or
        when `result_count` is reached. An item with the `id` of an earlier one is left out.

        Args:
            page: The first page to fetch; by default 1.
            page_size: The number of items on a page; by default 30.
            Any other: As for `images`, for every page.

        Returns:
            An iterator of ImageSearchItem.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            Any other: As for `images`, while iterating.

        Source: present-day.yaml, /paths/~1v3~1search~1images/get
        """
        from . import images as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            fields=fields,
            page=page,
            page_size=page_size,
            sort_order=sort_order,
            age_of_people=age_of_people,
            artists=artists,
            collection_codes=collection_codes,
            collections_filter_type=collections_filter_type,
            color=color,
            compositions=compositions,
            download_product=download_product,
            embed_content_only=embed_content_only,
            ethnicity=ethnicity,
            event_ids=event_ids,
            exclude_nudity=exclude_nudity,
            file_types=file_types,
            graphical_styles=graphical_styles,
            graphical_styles_filter_type=graphical_styles_filter_type,
            include_related_searches=include_related_searches,
            keyword_ids=keyword_ids,
            minimum_size=minimum_size,
            number_of_people=number_of_people,
            orientations=orientations,
            specific_people=specific_people,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    def creative_images(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.CreativeImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.CreativeImageSortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        color: str | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        download_product: str | None = None,
        embed_content_only: bool | None = None,
        enhanced_search: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        exclude_editorial_use_only: bool | None = None,
        exclude_keyword_ids: collections.abc.Sequence[int] | None = None,
        exclude_nudity: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateImageSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        file_types: collections.abc.Sequence[models.SearchFileType] | None = None,
        graphical_styles: collections.abc.Sequence[models.GraphicalStyle] | None = None,
        graphical_styles_filter_type: models.GraphicalStylesFilterType | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        minimum_size: models.TeeShirtSize | None = None,
        moods: collections.abc.Sequence[models.MoodFilterType] | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.ImageOrientationRequest] | None = None,
        safe_search: bool | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.CreativeImageSearchResults:
        """Search creative images.

        Args:
            phrase: What to search for, in words.
            fields: Fields of each image in the response. A name that ends in `_set` stands for
                several fields. Known items: `allowed_use`, `alternative_ids`, `artist`,
                `asset_family`, `call_for_image`, `caption`, `collection_code`, `collection_id`,
                `collection_name`, `color_type`, `comp`, `comp_webp`, `copyright`,
                `date_camera_shot`, `date_created`, `date_submitted`, `detail_set`, `display_set`,
                `download_product`, `download_sizes`, `graphical_style`, `id`, `istock_collection`,
                `keywords`, `largest_downloads`, `license_model`, `max_dimensions`, `orientation`,
                `preview`, `product_types`, ....
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of items on a page. At least `1`. If it is not given, the server takes
                `30`.
            sort_order: How the items of all pages are sorted. Known values: `best_match`,
                `most_popular`, `newest`, `random`.
            age_of_people: Only assets that show people of one of these ages. Known items:
                `newborn`, `baby`, `child`, `teenager`, `young_adult`, `adult`, `adults_only`,
                `mature_adult`, `senior_adult`, `0-1_months`, `2-5_months`, `6-11_months`,
                `12-17_months`, `18-23_months`, `2-3_years`, `4-5_years`, `6-7_years`, `8-9_years`,
                `10-11_years`, `12-13_years`, `14-15_years`, `16-17_years`, `18-19_years`,
                `20-24_years`, `20-29_years`, `25-29_years`, `30-34_years`, `30-39_years`,
                `35-39_years`, `40-44_years`, ....
            artists: Only assets of these artists, given by name.
            collection_codes: Codes of collections to search in or to leave out, as
                `collections_filter_type` has it.
            collections_filter_type: Whether `collection_codes` names the collections to search in
                or those to leave out. Known values: `include`, `exclude`.
            color: Only images in which this colour is dominant.
            compositions: Only assets with one of these compositions. Known items: `abstract`,
                `candid`, `close_up`, `copy_space`, `cut_out`, `full_frame`, `full_length`,
                `headshot`, `looking_at_camera`, `macro`, `medium_shot`, `part_of_a_series`,
                `portrait`, `sparse`, `still_life`, `three_quarter_length`, `waist_up`, `wide_shot`.
            download_product: Only assets that can be downloaded with this product of the customer.
            embed_content_only: Whether to find only images that may be embedded. If it is not
                given, the server takes false.
            enhanced_search: Whether to use the enhanced search. If it is not given, the server
                takes true.
            ethnicity: Only assets that show people of one of these ethnicities. Known items:
                `black`, `white`, `east_asian`, `hispanic_latinx`, `japanese`, `middle_eastern`,
                `multiracial_person`, `multiethnic_group`, `native_american_first_nations`,
                `pacific_islander`, `south_asian`, `southeast_asian`.
            exclude_editorial_use_only: Whether to leave out assets that are for editorial use only.
            exclude_keyword_ids: Leave out assets with these keywords, given by id.
            exclude_nudity: Whether to leave out assets that show nudity. If it is not given, the
                server takes false.
            facet_fields: The facets that the response is to have. Known items: `artists`,
                `locations`.
            facet_max_count: Number of values at most of each facet. At least `1`. If it is not
                given, the server takes `300`.
            file_types: Only images that are available as one of these file types. Known items:
                `eps`.
            graphical_styles: Graphical styles to find or to leave out, as
                `graphical_styles_filter_type` has it. Known items: `fine_art`, `illustration`,
                `photography`, `vector`.
            graphical_styles_filter_type: Whether `graphical_styles` names the styles to find or
                those to leave out. Known values: `include`, `exclude`.
            include_facets: Whether the response is to have facets.
            include_related_searches: Whether the response is to have related searches. If it is not
                given, the server takes false.
            keyword_ids: Only assets with these keywords, given by id.
            minimum_size: Only images that are available in this size or a larger one. Known values:
                `x_small`, `small`, `medium`, `large`, `x_large`, `xx_large`, `vector`.
            moods: Only images of one of these moods. Known items: `black_and_white`, `bold`,
                `cool`, `dramatic`, `natural`, `vivid`, `warm`.
            number_of_people: Only assets that show one of these numbers of people. Known items:
                `none`, `one`, `two`, `group`.
            orientations: Only images with one of these orientations. Known items: `horizontal`,
                `vertical`, `square`, `panoramic_horizontal`, `panoramic_vertical`.
            safe_search: Whether to leave out what is not suitable for everyone. If it is not given,
                the server takes false.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            gi_country_code: Code of the country in which the assets are to be used.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            CreativeImageSearchResults: The requested page of the creative images found.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.
            ServerError: Status 500. The API failed.

        Source: present-day.yaml, /paths/~1v3~1search~1images~1creative/get
        """
        from . import creative_images as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                fields=fields,
                page=page,
                page_size=page_size,
                sort_order=sort_order,
                age_of_people=age_of_people,
                artists=artists,
                collection_codes=collection_codes,
                collections_filter_type=collections_filter_type,
                color=color,
                compositions=compositions,
                download_product=download_product,
                embed_content_only=embed_content_only,
                enhanced_search=enhanced_search,
                ethnicity=ethnicity,
                exclude_editorial_use_only=exclude_editorial_use_only,
                exclude_keyword_ids=exclude_keyword_ids,
                exclude_nudity=exclude_nudity,
                facet_fields=facet_fields,
                facet_max_count=facet_max_count,
                file_types=file_types,
                graphical_styles=graphical_styles,
                graphical_styles_filter_type=graphical_styles_filter_type,
                include_facets=include_facets,
                include_related_searches=include_related_searches,
                keyword_ids=keyword_ids,
                minimum_size=minimum_size,
                moods=moods,
                number_of_people=number_of_people,
                orientations=orientations,
                safe_search=safe_search,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_creative_images(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.CreativeImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.CreativeImageSortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        color: str | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        download_product: str | None = None,
        embed_content_only: bool | None = None,
        enhanced_search: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        exclude_editorial_use_only: bool | None = None,
        exclude_keyword_ids: collections.abc.Sequence[int] | None = None,
        exclude_nudity: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateImageSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        file_types: collections.abc.Sequence[models.SearchFileType] | None = None,
        graphical_styles: collections.abc.Sequence[models.GraphicalStyle] | None = None,
        graphical_styles_filter_type: models.GraphicalStylesFilterType | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        minimum_size: models.TeeShirtSize | None = None,
        moods: collections.abc.Sequence[models.MoodFilterType] | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.ImageOrientationRequest] | None = None,
        safe_search: bool | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.Iterator[models.ImageSearchItemCreative]:
        """Iterate over the `images` of all pages of `creative_images`.

        Pages are fetched as they are needed. They end with one that is empty or came before, or
        when `result_count` is reached. An item with the `id` of an earlier one is left out.

        Args:
            page: The first page to fetch; by default 1.
            page_size: The number of items on a page; by default 30.
            Any other: As for `creative_images`, for every page.

        Returns:
            An iterator of ImageSearchItemCreative.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            Any other: As for `creative_images`, while iterating.

        Source: present-day.yaml, /paths/~1v3~1search~1images~1creative/get
        """
        from . import creative_images as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            fields=fields,
            page=page,
            page_size=page_size,
            sort_order=sort_order,
            age_of_people=age_of_people,
            artists=artists,
            collection_codes=collection_codes,
            collections_filter_type=collections_filter_type,
            color=color,
            compositions=compositions,
            download_product=download_product,
            embed_content_only=embed_content_only,
            enhanced_search=enhanced_search,
            ethnicity=ethnicity,
            exclude_editorial_use_only=exclude_editorial_use_only,
            exclude_keyword_ids=exclude_keyword_ids,
            exclude_nudity=exclude_nudity,
            facet_fields=facet_fields,
            facet_max_count=facet_max_count,
            file_types=file_types,
            graphical_styles=graphical_styles,
            graphical_styles_filter_type=graphical_styles_filter_type,
            include_facets=include_facets,
            include_related_searches=include_related_searches,
            keyword_ids=keyword_ids,
            minimum_size=minimum_size,
            moods=moods,
            number_of_people=number_of_people,
            orientations=orientations,
            safe_search=safe_search,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    def creative_images_by_image(
        self,
        *,
        phrase: str | None = None,
        asset_id: str | None = None,
        image_url: str | None = None,
        fields: collections.abc.Sequence[models.CreativeImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        exclude_editorial_use_only: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateImageSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        include_facets: bool | None = None,
        product_types: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.SearchByImageResourceResults:
        """Search creative images by an image.

        Args:
            phrase: What to search for, in words.
            asset_id: Id of the image to search by.
            image_url: Address of the image to search by, such as that of an uploaded one.
            fields: Fields of each image in the response. A name that ends in `_set` stands for
                several fields. Known items: `allowed_use`, `alternative_ids`, `artist`,
                `asset_family`, `call_for_image`, `caption`, `collection_code`, `collection_id`,
                `collection_name`, `color_type`, `comp`, `comp_webp`, `copyright`,
                `date_camera_shot`, `date_created`, `date_submitted`, `detail_set`, `display_set`,
                `download_product`, `download_sizes`, `graphical_style`, `id`, `istock_collection`,
                `keywords`, `largest_downloads`, `license_model`, `max_dimensions`, `orientation`,
                `preview`, `product_types`, ....
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of items on a page. At least `1`. If it is not given, the server takes
                `30`.
            exclude_editorial_use_only: Whether to leave out assets that are for editorial use only.
            facet_fields: The facets that the response is to have. Known items: `artists`,
                `locations`.
            facet_max_count: Number of values at most of each facet. At least `1`. If it is not
                given, the server takes `300`.
            include_facets: Whether the response is to have facets.
            product_types: Only assets that can be downloaded with products of one of these types.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            gi_country_code: Code of the country in which the assets are to be used.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            SearchByImageResourceResults: The requested page of the images found.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.
            ServerError: Status 500. The API failed.

        Source: present-day.yaml, /paths/~1v3~1search~1images~1creative~1by-image/get
        """
        from . import creative_images_by_image as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                asset_id=asset_id,
                image_url=image_url,
                fields=fields,
                page=page,
                page_size=page_size,
                exclude_editorial_use_only=exclude_editorial_use_only,
                facet_fields=facet_fields,
                facet_max_count=facet_max_count,
                include_facets=include_facets,
                product_types=product_types,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_creative_images_by_image(
        self,
        *,
        phrase: str | None = None,
        asset_id: str | None = None,
        image_url: str | None = None,
        fields: collections.abc.Sequence[models.CreativeImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        exclude_editorial_use_only: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateImageSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        include_facets: bool | None = None,
        product_types: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.Iterator[types.JSON]:
        """Iterate over the `images` of all pages of `creative_images_by_image`.

        Pages are fetched as they are needed. They end with one that is empty or came before, or
        when `result_count` is reached.

        Args:
            page: The first page to fetch; by default 1.
            page_size: The number of items on a page; by default 30.
            Any other: As for `creative_images_by_image`, for every page.

        Returns:
            An iterator of JSON.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            Any other: As for `creative_images_by_image`, while iterating.

        Source: present-day.yaml, /paths/~1v3~1search~1images~1creative~1by-image/get
        """
        from . import creative_images_by_image as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            asset_id=asset_id,
            image_url=image_url,
            fields=fields,
            page=page,
            page_size=page_size,
            exclude_editorial_use_only=exclude_editorial_use_only,
            facet_fields=facet_fields,
            facet_max_count=facet_max_count,
            include_facets=include_facets,
            product_types=product_types,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    def editorial_images(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.EditorialImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.SortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        download_product: str | None = None,
        editorial_segments: collections.abc.Sequence[models.EditorialSegmentContract] | None = None,
        embed_content_only: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        event_ids: collections.abc.Sequence[int] | None = None,
        exclude_keyword_ids: collections.abc.Sequence[int] | None = None,
        facet_fields: collections.abc.Sequence[models.EditorialImageSearchFacetsFields]
        | None = None,
        facet_max_count: int | None = None,
        file_types: collections.abc.Sequence[models.SearchFileType] | None = None,
        graphical_styles: collections.abc.Sequence[models.EditorialGraphicalStyle] | None = None,
        graphical_styles_filter_type: models.GraphicalStylesFilterType | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        minimum_quality_rank: int | None = None,
        minimum_size: models.TeeShirtSize | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.ImageOrientationRequest] | None = None,
        specific_people: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.EditorialImageSearchResults:
        """Search editorial images.

        Args:
            phrase: What to search for, in words.
            fields: Fields of each image in the response. A name that ends in `_set` stands for
                several fields. Known items: `allowed_use`, `alternative_ids`, `artist`,
                `asset_family`, `call_for_image`, `caption`, `collection_code`, `collection_id`,
                `collection_name`, `color_type`, `comp`, `comp_webp`, `copyright`,
                `date_camera_shot`, `date_created`, `date_submitted`, `detail_set`, `display_set`,
                `download_product`, `download_sizes`, `editorial_segments`, `editorial_source`,
                `event_ids`, `graphical_style`, `id`, `keywords`, `largest_downloads`,
                `license_model`, `max_dimensions`, `orientation`, ....
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of items on a page. At least `1`. If it is not given, the server takes
                `30`.
            sort_order: How the items of all pages are sorted. Known values: `best_match`,
                `most_popular`, `newest`, `oldest`, `random`.
            age_of_people: Only assets that show people of one of these ages. Known items:
                `newborn`, `baby`, `child`, `teenager`, `young_adult`, `adult`, `adults_only`,
                `mature_adult`, `senior_adult`, `0-1_months`, `2-5_months`, `6-11_months`,
                `12-17_months`, `18-23_months`, `2-3_years`, `4-5_years`, `6-7_years`, `8-9_years`,
                `10-11_years`, `12-13_years`, `14-15_years`, `16-17_years`, `18-19_years`,
                `20-24_years`, `20-29_years`, `25-29_years`, `30-34_years`, `30-39_years`,
                `35-39_years`, `40-44_years`, ....
            artists: Only assets of these artists, given by name.
            collection_codes: Codes of collections to search in or to leave out, as
                `collections_filter_type` has it.
            collections_filter_type: Whether `collection_codes` names the collections to search in
                or those to leave out. Known values: `include`, `exclude`.
            compositions: Only assets with one of these compositions. Known items: `abstract`,
                `candid`, `close_up`, `copy_space`, `cut_out`, `full_frame`, `full_length`,
                `headshot`, `looking_at_camera`, `macro`, `medium_shot`, `part_of_a_series`,
                `portrait`, `sparse`, `still_life`, `three_quarter_length`, `waist_up`, `wide_shot`.
            date_from: Only images created on or after this date.
            date_to: Only images created on or before this date.
            download_product: Only assets that can be downloaded with this product of the customer.
            editorial_segments: Only images of one of these segments. Known items: `archival`,
                `entertainment`, `news`, `publicity`, `royalty`, `sport`.
            embed_content_only: Whether to find only images that may be embedded. If it is not
                given, the server takes false.
            ethnicity: Only assets that show people of one of these ethnicities. Known items:
                `black`, `white`, `east_asian`, `hispanic_latinx`, `japanese`, `middle_eastern`,
                `multiracial_person`, `multiethnic_group`, `native_american_first_nations`,
                `pacific_islander`, `south_asian`, `southeast_asian`.
            event_ids: Only assets of one of the events with these ids.
            exclude_keyword_ids: Leave out assets with these keywords, given by id.
            facet_fields: The facets that the response is to have. Known items: `artists`, `events`,
                `locations`, `specific_people`.
            facet_max_count: Number of values at most of each facet. At least `1`. If it is not
                given, the server takes `300`.
            file_types: Only images that are available as one of these file types. Known items:
                `eps`.
            graphical_styles: Graphical styles to find or to leave out, as
                `graphical_styles_filter_type` has it. Known items: `photography`, `illustration`,
                `vector`.
            graphical_styles_filter_type: Whether `graphical_styles` names the styles to find or
                those to leave out. Known values: `include`, `exclude`.
            include_facets: Whether the response is to have facets.
            include_related_searches: Whether the response is to have related searches. If it is not
                given, the server takes false.
            keyword_ids: Only assets with these keywords, given by id.
            minimum_quality_rank: The lowest quality rank of the images to find.
            minimum_size: Only images that are available in this size or a larger one. Known values:
                `x_small`, `small`, `medium`, `large`, `x_large`, `xx_large`, `vector`.
            number_of_people: Only assets that show one of these numbers of people. Known items:
                `none`, `one`, `two`, `group`.
            orientations: Only images with one of these orientations. Known items: `horizontal`,
                `vertical`, `square`, `panoramic_horizontal`, `panoramic_vertical`.
            specific_people: Only assets that show one of the people of these names.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            gi_country_code: Code of the country in which the assets are to be used.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            EditorialImageSearchResults: The requested page of the editorial images found.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1search~1images~1editorial/get
        """
        from . import editorial_images as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                fields=fields,
                page=page,
                page_size=page_size,
                sort_order=sort_order,
                age_of_people=age_of_people,
                artists=artists,
                collection_codes=collection_codes,
                collections_filter_type=collections_filter_type,
                compositions=compositions,
                date_from=date_from,
                date_to=date_to,
                download_product=download_product,
                editorial_segments=editorial_segments,
                embed_content_only=embed_content_only,
                ethnicity=ethnicity,
                event_ids=event_ids,
                exclude_keyword_ids=exclude_keyword_ids,
                facet_fields=facet_fields,
                facet_max_count=facet_max_count,
                file_types=file_types,
                graphical_styles=graphical_styles,
                graphical_styles_filter_type=graphical_styles_filter_type,
                include_facets=include_facets,
                include_related_searches=include_related_searches,
                keyword_ids=keyword_ids,
                minimum_quality_rank=minimum_quality_rank,
                minimum_size=minimum_size,
                number_of_people=number_of_people,
                orientations=orientations,
                specific_people=specific_people,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_editorial_images(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.EditorialImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.SortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        download_product: str | None = None,
        editorial_segments: collections.abc.Sequence[models.EditorialSegmentContract] | None = None,
        embed_content_only: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        event_ids: collections.abc.Sequence[int] | None = None,
        exclude_keyword_ids: collections.abc.Sequence[int] | None = None,
        facet_fields: collections.abc.Sequence[models.EditorialImageSearchFacetsFields]
        | None = None,
        facet_max_count: int | None = None,
        file_types: collections.abc.Sequence[models.SearchFileType] | None = None,
        graphical_styles: collections.abc.Sequence[models.EditorialGraphicalStyle] | None = None,
        graphical_styles_filter_type: models.GraphicalStylesFilterType | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        minimum_quality_rank: int | None = None,
        minimum_size: models.TeeShirtSize | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.ImageOrientationRequest] | None = None,
        specific_people: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.Iterator[models.ImageSearchItemEditorial]:
        """Iterate over the `images` of all pages of `editorial_images`.

        Pages are fetched as they are needed. They end with one that is empty or came before, or
        when `result_count` is reached. An item with the `id` of an earlier one is left out.

        Args:
            page: The first page to fetch; by default 1.
            page_size: The number of items on a page; by default 30.
            Any other: As for `editorial_images`, for every page.

        Returns:
            An iterator of ImageSearchItemEditorial.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            Any other: As for `editorial_images`, while iterating.

        Source: present-day.yaml, /paths/~1v3~1search~1images~1editorial/get
        """
        from . import editorial_images as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            fields=fields,
            page=page,
            page_size=page_size,
            sort_order=sort_order,
            age_of_people=age_of_people,
            artists=artists,
            collection_codes=collection_codes,
            collections_filter_type=collections_filter_type,
            compositions=compositions,
            date_from=date_from,
            date_to=date_to,
            download_product=download_product,
            editorial_segments=editorial_segments,
            embed_content_only=embed_content_only,
            ethnicity=ethnicity,
            event_ids=event_ids,
            exclude_keyword_ids=exclude_keyword_ids,
            facet_fields=facet_fields,
            facet_max_count=facet_max_count,
            file_types=file_types,
            graphical_styles=graphical_styles,
            graphical_styles_filter_type=graphical_styles_filter_type,
            include_facets=include_facets,
            include_related_searches=include_related_searches,
            keyword_ids=keyword_ids,
            minimum_quality_rank=minimum_quality_rank,
            minimum_size=minimum_size,
            number_of_people=number_of_people,
            orientations=orientations,
            specific_people=specific_people,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    def creative_videos(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.CreativeVideosFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.CreativeVideoSortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        aspect_ratios: collections.abc.Sequence[models.VideoAspectRatioFilterType] | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        download_product: str | None = None,
        enhanced_search: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        exclude_editorial_use_only: bool | None = None,
        exclude_keyword_ids: collections.abc.Sequence[int] | None = None,
        exclude_nudity: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateVideoSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        format_available: models.VideoFormatsRequest | None = None,
        frame_rates: collections.abc.Sequence[models.VideoFrameRates] | None = None,
        image_techniques: collections.abc.Sequence[models.ImageTechniquesFilterType] | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        license_models: collections.abc.Sequence[models.LicenseModelVideoRequest] | None = None,
        max_clip_length: int | None = None,
        min_clip_length: int | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.VideoOrientationRequest] | None = None,
        release_status: models.ReleaseStatus | None = None,
        safe_search: bool | None = None,
        viewpoints: collections.abc.Sequence[models.ViewpointsFilterType] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.CreativeVideoSearchResults:
        """Search creative videos.

        Args:
            phrase: What to search for, in words.
            fields: Fields of each video in the response. A name that ends in `_set` stands for
                several fields. Known items: `allowed_use`, `artist`, `aspect_ratio`,
                `asset_family`, `call_for_image`, `caption`, `clip_length`, `collection_code`,
                `collection_id`, `collection_name`, `color_type`, `comp`, `copyright`,
                `date_created`, `date_submitted`, `detail_set`, `display_set`, `download_product`,
                `download_sizes`, `era`, `id`, `istock_collection`, `keywords`, `largest_downloads`,
                `license_model`, `mastered_to`, `object_name`, `orientation`, `originally_shot_on`,
                `preview`, ....
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of items on a page. At least `1`. If it is not given, the server takes
                `30`.
            sort_order: How the items of all pages are sorted. Known values: `best_match`,
                `most_popular`, `newest`, `random`.
            age_of_people: Only assets that show people of one of these ages. Known items:
                `newborn`, `baby`, `child`, `teenager`, `young_adult`, `adult`, `adults_only`,
                `mature_adult`, `senior_adult`, `0-1_months`, `2-5_months`, `6-11_months`,
                `12-17_months`, `18-23_months`, `2-3_years`, `4-5_years`, `6-7_years`, `8-9_years`,
                `10-11_years`, `12-13_years`, `14-15_years`, `16-17_years`, `18-19_years`,
                `20-24_years`, `20-29_years`, `25-29_years`, `30-34_years`, `30-39_years`,
                `35-39_years`, `40-44_years`, ....
            artists: Only assets of these artists, given by name.
            aspect_ratios: Only videos with one of these aspect ratios. Known items: `16:9`, `9:16`,
                `3:4`, `4:3`, `4:5`, `2:1`, `17:9`, `9:17`.
            collection_codes: Codes of collections to search in or to leave out, as
                `collections_filter_type` has it.
            collections_filter_type: Whether `collection_codes` names the collections to search in
                or those to leave out. Known values: `include`, `exclude`.
            compositions: Only assets with one of these compositions. Known items: `abstract`,
                `candid`, `close_up`, `copy_space`, `cut_out`, `full_frame`, `full_length`,
                `headshot`, `looking_at_camera`, `macro`, `medium_shot`, `part_of_a_series`,
                `portrait`, `sparse`, `still_life`, `three_quarter_length`, `waist_up`, `wide_shot`.
            download_product: Only assets that can be downloaded with this product of the customer.
            enhanced_search: Whether to use the enhanced search. If it is not given, the server
                takes true.
            ethnicity: Only assets that show people of one of these ethnicities. Known items:
                `black`, `white`, `east_asian`, `hispanic_latinx`, `japanese`, `middle_eastern`,
                `multiracial_person`, `multiethnic_group`, `native_american_first_nations`,
                `pacific_islander`, `south_asian`, `southeast_asian`.
            exclude_editorial_use_only: Whether to leave out assets that are for editorial use only.
            exclude_keyword_ids: Leave out assets with these keywords, given by id.
            exclude_nudity: Whether to leave out assets that show nudity. If it is not given, the
                server takes false.
            facet_fields: The facets that the response is to have. Known items: `artists`,
                `locations`.
            facet_max_count: Number of values at most of each facet. At least `1`. If it is not
                given, the server takes `300`.
            format_available: Only videos that are available in this format. Known values: `sd`,
                `hd`, `4k`, `hd_web`.
            frame_rates: Only videos with one of these frame rates, in frames per second. Known
                items: `23.98`, `24`, `25`, `29.97`, `30`, `50`, `59.94`, `60`.
            image_techniques: Only videos made with one of these techniques. Known items:
                `realtime`, `time_lapse`, `slow_motion`, `color`, `black_and_white`, `animation`,
                `selective_focus`.
            include_facets: Whether the response is to have facets.
            include_related_searches: Whether the response is to have related searches. If it is not
                given, the server takes false.
            keyword_ids: Only assets with these keywords, given by id.
            license_models: Only videos that are licensed by one of these models. Known items:
                `rightsready`, `royaltyfree`.
            max_clip_length: Length of the longest clips to find; 0 for no limit. If it is not
                given, the server takes `0`.
            min_clip_length: Length of the shortest clips to find. If it is not given, the server
                takes `0`.
            number_of_people: Only assets that show one of these numbers of people. Known items:
                `none`, `one`, `two`, `group`.
            orientations: Only videos with one of these orientations. Known items: `horizontal`,
                `vertical`.
            release_status: Whether only videos with all releases are to be found. Known values:
                `release_not_important`, `fully_released`.
            safe_search: Whether to leave out what is not suitable for everyone. If it is not given,
                the server takes false.
            viewpoints: Only videos with one of these viewpoints. Known items: `lockdown`,
                `panning`, `tracking_shot`, `aerial_view`, `high_angle_view`, `low_angle_view`,
                `tilt`, `point_of_view`.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            gi_country_code: Code of the country in which the assets are to be used.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            CreativeVideoSearchResults: The requested page of the creative videos found.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.
            ServerError: Status 500. The API failed.

        Source: present-day.yaml, /paths/~1v3~1search~1videos~1creative/get
        """
        from . import creative_videos as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                fields=fields,
                page=page,
                page_size=page_size,
                sort_order=sort_order,
                age_of_people=age_of_people,
                artists=artists,
                aspect_ratios=aspect_ratios,
                collection_codes=collection_codes,
                collections_filter_type=collections_filter_type,
                compositions=compositions,
                download_product=download_product,
                enhanced_search=enhanced_search,
                ethnicity=ethnicity,
                exclude_editorial_use_only=exclude_editorial_use_only,
                exclude_keyword_ids=exclude_keyword_ids,
                exclude_nudity=exclude_nudity,
                facet_fields=facet_fields,
                facet_max_count=facet_max_count,
                format_available=format_available,
                frame_rates=frame_rates,
                image_techniques=image_techniques,
                include_facets=include_facets,
                include_related_searches=include_related_searches,
                keyword_ids=keyword_ids,
                license_models=license_models,
                max_clip_length=max_clip_length,
                min_clip_length=min_clip_length,
                number_of_people=number_of_people,
                orientations=orientations,
                release_status=release_status,
                safe_search=safe_search,
                viewpoints=viewpoints,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_creative_videos(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.CreativeVideosFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.CreativeVideoSortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        aspect_ratios: collections.abc.Sequence[models.VideoAspectRatioFilterType] | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        download_product: str | None = None,
        enhanced_search: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        exclude_editorial_use_only: bool | None = None,
        exclude_keyword_ids: collections.abc.Sequence[int] | None = None,
        exclude_nudity: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateVideoSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        format_available: models.VideoFormatsRequest | None = None,
        frame_rates: collections.abc.Sequence[models.VideoFrameRates] | None = None,
        image_techniques: collections.abc.Sequence[models.ImageTechniquesFilterType] | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        license_models: collections.abc.Sequence[models.LicenseModelVideoRequest] | None = None,
        max_clip_length: int | None = None,
        min_clip_length: int | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.VideoOrientationRequest] | None = None,
        release_status: models.ReleaseStatus | None = None,
        safe_search: bool | None = None,
        viewpoints: collections.abc.Sequence[models.ViewpointsFilterType] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.Iterator[models.CreativeVideoSearchItem]:
        """Iterate over the `videos` of all pages of `creative_videos`.

        Pages are fetched as they are needed. They end with one that is empty or came before, or
        when `result_count` is reached. An item with the `id` of an earlier one is left out.

        Args:
            page: The first page to fetch; by default 1.
            page_size: The number of items on a page; by default 30.
            Any other: As for `creative_videos`, for every page.

        Returns:
            An iterator of CreativeVideoSearchItem.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            Any other: As for `creative_videos`, while iterating.

        Source: present-day.yaml, /paths/~1v3~1search~1videos~1creative/get
        """
        from . import creative_videos as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            fields=fields,
            page=page,
            page_size=page_size,
            sort_order=sort_order,
            age_of_people=age_of_people,
            artists=artists,
            aspect_ratios=aspect_ratios,
            collection_codes=collection_codes,
            collections_filter_type=collections_filter_type,
            compositions=compositions,
            download_product=download_product,
            enhanced_search=enhanced_search,
            ethnicity=ethnicity,
            exclude_editorial_use_only=exclude_editorial_use_only,
            exclude_keyword_ids=exclude_keyword_ids,
            exclude_nudity=exclude_nudity,
            facet_fields=facet_fields,
            facet_max_count=facet_max_count,
            format_available=format_available,
            frame_rates=frame_rates,
            image_techniques=image_techniques,
            include_facets=include_facets,
            include_related_searches=include_related_searches,
            keyword_ids=keyword_ids,
            license_models=license_models,
            max_clip_length=max_clip_length,
            min_clip_length=min_clip_length,
            number_of_people=number_of_people,
            orientations=orientations,
            release_status=release_status,
            safe_search=safe_search,
            viewpoints=viewpoints,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    def creative_videos_by_image(
        self,
        *,
        phrase: str | None = None,
        asset_id: str | None = None,
        image_url: str | None = None,
        fields: collections.abc.Sequence[models.CreativeVideosFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        exclude_editorial_use_only: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateVideoSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        include_facets: bool | None = None,
        product_types: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.CreativeVideoSearchResults:
        """Search creative videos by an image.

        Args:
            phrase: What to search for, in words.
            asset_id: Id of the image to search by.
            image_url: Address of the image to search by, such as that of an uploaded one.
            fields: Fields of each video in the response. A name that ends in `_set` stands for
                several fields. Known items: `allowed_use`, `artist`, `aspect_ratio`,
                `asset_family`, `call_for_image`, `caption`, `clip_length`, `collection_code`,
                `collection_id`, `collection_name`, `color_type`, `comp`, `copyright`,
                `date_created`, `date_submitted`, `detail_set`, `display_set`, `download_product`,
                `download_sizes`, `era`, `id`, `istock_collection`, `keywords`, `largest_downloads`,
                `license_model`, `mastered_to`, `object_name`, `orientation`, `originally_shot_on`,
                `preview`, ....
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of items on a page. At least `1`. If it is not given, the server takes
                `30`.
            exclude_editorial_use_only: Whether to leave out assets that are for editorial use only.
            facet_fields: The facets that the response is to have. Known items: `artists`,
                `locations`.
            facet_max_count: Number of values at most of each facet. At least `1`. If it is not
                given, the server takes `300`.
            include_facets: Whether the response is to have facets.
            product_types: Only assets that can be downloaded with products of one of these types.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            gi_country_code: Code of the country in which the assets are to be used.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            CreativeVideoSearchResults: The requested page of the videos found.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            NotFoundError: Status 404. Nothing has this id.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.
            ServerError: Status 500. The API failed.

        Source: present-day.yaml, /paths/~1v3~1search~1videos~1creative~1by-image/get
        """
        from . import creative_videos_by_image as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                asset_id=asset_id,
                image_url=image_url,
                fields=fields,
                page=page,
                page_size=page_size,
                exclude_editorial_use_only=exclude_editorial_use_only,
                facet_fields=facet_fields,
                facet_max_count=facet_max_count,
                include_facets=include_facets,
                product_types=product_types,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_creative_videos_by_image(
        self,
        *,
        phrase: str | None = None,
        asset_id: str | None = None,
        image_url: str | None = None,
        fields: collections.abc.Sequence[models.CreativeVideosFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        exclude_editorial_use_only: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateVideoSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        include_facets: bool | None = None,
        product_types: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.Iterator[models.CreativeVideoSearchItem]:
        """Iterate over the `videos` of all pages of `creative_videos_by_image`.

        Pages are fetched as they are needed. They end with one that is empty or came before, or
        when `result_count` is reached. An item with the `id` of an earlier one is left out.

        Args:
            page: The first page to fetch; by default 1.
            page_size: The number of items on a page; by default 30.
            Any other: As for `creative_videos_by_image`, for every page.

        Returns:
            An iterator of CreativeVideoSearchItem.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            Any other: As for `creative_videos_by_image`, while iterating.

        Source: present-day.yaml, /paths/~1v3~1search~1videos~1creative~1by-image/get
        """
        from . import creative_videos_by_image as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            asset_id=asset_id,
            image_url=image_url,
            fields=fields,
            page=page,
            page_size=page_size,
            exclude_editorial_use_only=exclude_editorial_use_only,
            facet_fields=facet_fields,
            facet_max_count=facet_max_count,
            include_facets=include_facets,
            product_types=product_types,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    def editorial_videos(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.EditorialVideosFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.SortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        aspect_ratios: collections.abc.Sequence[models.VideoAspectRatioFilterType] | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        download_product: str | None = None,
        editorial_video_types: collections.abc.Sequence[models.EditorialVideoType] | None = None,
        event_ids: collections.abc.Sequence[int] | None = None,
        facet_fields: collections.abc.Sequence[models.EditorialVideoSearchFacetsFields]
        | None = None,
        facet_max_count: int | None = None,
        format_available: models.VideoFormatsRequest | None = None,
        frame_rates: collections.abc.Sequence[models.VideoFrameRates] | None = None,
        image_techniques: collections.abc.Sequence[models.ImageTechniquesFilterType] | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        max_clip_length: int | None = None,
        min_clip_length: int | None = None,
        orientations: collections.abc.Sequence[models.VideoOrientationRequest] | None = None,
        release_status: models.ReleaseStatus | None = None,
        specific_people: collections.abc.Sequence[str] | None = None,
        viewpoints: collections.abc.Sequence[models.ViewpointsFilterType] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.EditorialVideoSearchResults:
        """Search editorial videos.

        Args:
            phrase: What to search for, in words.
            fields: Fields of each video in the response. A name that ends in `_set` stands for
                several fields. Known items: `allowed_use`, `artist`, `aspect_ratio`,
                `asset_family`, `call_for_image`, `caption`, `clip_length`, `collection_code`,
                `collection_id`, `collection_name`, `color_type`, `comp`, `copyright`,
                `date_created`, `date_submitted`, `detail_set`, `display_set`, `download_product`,
                `download_sizes`, `editorial_segments`, `era`, `event_ids`, `id`,
                `istock_collection`, `keywords`, `largest_downloads`, `license_model`,
                `mastered_to`, `object_name`, `orientation`, ....
            page: Number of the page to return, counted from 1. At least `1`. If it is not given,
                the server takes `1`.
            page_size: Number of items on a page. At least `1`. If it is not given, the server takes
                `30`.
            sort_order: How the items of all pages are sorted. Known values: `best_match`,
                `most_popular`, `newest`, `oldest`, `random`.
            age_of_people: Only assets that show people of one of these ages. Known items:
                `newborn`, `baby`, `child`, `teenager`, `young_adult`, `adult`, `adults_only`,
                `mature_adult`, `senior_adult`, `0-1_months`, `2-5_months`, `6-11_months`,
                `12-17_months`, `18-23_months`, `2-3_years`, `4-5_years`, `6-7_years`, `8-9_years`,
                `10-11_years`, `12-13_years`, `14-15_years`, `16-17_years`, `18-19_years`,
                `20-24_years`, `20-29_years`, `25-29_years`, `30-34_years`, `30-39_years`,
                `35-39_years`, `40-44_years`, ....
            artists: Only assets of these artists, given by name.
            aspect_ratios: Only videos with one of these aspect ratios. Known items: `16:9`, `9:16`,
                `3:4`, `4:3`, `4:5`, `2:1`, `17:9`, `9:17`.
            collection_codes: Codes of collections to search in or to leave out, as
                `collections_filter_type` has it.
            collections_filter_type: Whether `collection_codes` names the collections to search in
                or those to leave out. Known values: `include`, `exclude`.
            compositions: Only assets with one of these compositions. Known items: `abstract`,
                `candid`, `close_up`, `copy_space`, `cut_out`, `full_frame`, `full_length`,
                `headshot`, `looking_at_camera`, `macro`, `medium_shot`, `part_of_a_series`,
                `portrait`, `sparse`, `still_life`, `three_quarter_length`, `waist_up`, `wide_shot`.
            date_from: Only videos created on or after this date.
            date_to: Only videos created on or before this date.
            download_product: Only assets that can be downloaded with this product of the customer.
            editorial_video_types: Only videos of one of these types. Known items: `raw`,
                `produced`.
            event_ids: Only assets of one of the events with these ids.
            facet_fields: The facets that the response is to have. Known items: `artists`, `events`,
                `locations`, `specific_people`.
            facet_max_count: Number of values at most of each facet. At least `1`. If it is not
                given, the server takes `300`.
            format_available: Only videos that are available in this format. Known values: `sd`,
                `hd`, `4k`, `hd_web`.
            frame_rates: Only videos with one of these frame rates, in frames per second. Known
                items: `23.98`, `24`, `25`, `29.97`, `30`, `50`, `59.94`, `60`.
            image_techniques: Only videos made with one of these techniques. Known items:
                `realtime`, `time_lapse`, `slow_motion`, `color`, `black_and_white`, `animation`,
                `selective_focus`.
            include_facets: Whether the response is to have facets.
            include_related_searches: Whether the response is to have related searches. If it is not
                given, the server takes false.
            keyword_ids: Only assets with these keywords, given by id.
            max_clip_length: Length of the longest clips to find; 0 for no limit. If it is not
                given, the server takes `0`.
            min_clip_length: Length of the shortest clips to find. If it is not given, the server
                takes `0`.
            orientations: Only videos with one of these orientations. Known items: `horizontal`,
                `vertical`.
            release_status: Whether only videos with all releases are to be found. Known values:
                `release_not_important`, `fully_released`.
            specific_people: Only assets that show one of the people of these names.
            viewpoints: Only videos with one of these viewpoints. Known items: `lockdown`,
                `panning`, `tracking_shot`, `aerial_view`, `high_angle_view`, `low_angle_view`,
                `tilt`, `point_of_view`.
            accept_language: Language of the texts in the response, as a language tag such as
                `en-US` or `de`.
            gi_country_code: Code of the country in which the assets are to be used.
            extra_query: Query parameters to send besides those of the arguments; a list repeats its
                name.
            timeout: Seconds that the call may take; by default the client's.
            headers: Headers to send besides those of the client.

        Returns:
            EditorialVideoSearchResults: The requested page of the editorial videos found.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            BadRequestError: Status 400. A parameter is missing, malformed or out of bounds.
            AuthenticationError: Status 401. The API key is missing, or the access token is missing,
                expired, revoked or unknown.
            PermissionDeniedError: Status 403. The API key is unknown, or the account is not
                entitled to this.
            RateLimitError: Status 429. The account is over its limit of requests per second.
                Nothing was done; try again later, waiting longer each time.

        Source: present-day.yaml, /paths/~1v3~1search~1videos~1editorial/get
        """
        from . import editorial_videos as _operation

        return self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                fields=fields,
                page=page,
                page_size=page_size,
                sort_order=sort_order,
                age_of_people=age_of_people,
                artists=artists,
                aspect_ratios=aspect_ratios,
                collection_codes=collection_codes,
                collections_filter_type=collections_filter_type,
                compositions=compositions,
                date_from=date_from,
                date_to=date_to,
                download_product=download_product,
                editorial_video_types=editorial_video_types,
                event_ids=event_ids,
                facet_fields=facet_fields,
                facet_max_count=facet_max_count,
                format_available=format_available,
                frame_rates=frame_rates,
                image_techniques=image_techniques,
                include_facets=include_facets,
                include_related_searches=include_related_searches,
                keyword_ids=keyword_ids,
                max_clip_length=max_clip_length,
                min_clip_length=min_clip_length,
                orientations=orientations,
                release_status=release_status,
                specific_people=specific_people,
                viewpoints=viewpoints,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_editorial_videos(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.EditorialVideosFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.SortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        aspect_ratios: collections.abc.Sequence[models.VideoAspectRatioFilterType] | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        download_product: str | None = None,
        editorial_video_types: collections.abc.Sequence[models.EditorialVideoType] | None = None,
        event_ids: collections.abc.Sequence[int] | None = None,
        facet_fields: collections.abc.Sequence[models.EditorialVideoSearchFacetsFields]
        | None = None,
        facet_max_count: int | None = None,
        format_available: models.VideoFormatsRequest | None = None,
        frame_rates: collections.abc.Sequence[models.VideoFrameRates] | None = None,
        image_techniques: collections.abc.Sequence[models.ImageTechniquesFilterType] | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        max_clip_length: int | None = None,
        min_clip_length: int | None = None,
        orientations: collections.abc.Sequence[models.VideoOrientationRequest] | None = None,
        release_status: models.ReleaseStatus | None = None,
        specific_people: collections.abc.Sequence[str] | None = None,
        viewpoints: collections.abc.Sequence[models.ViewpointsFilterType] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.Iterator[models.EditorialVideoSearchItem]:
        """Iterate over the `videos` of all pages of `editorial_videos`.

        Pages are fetched as they are needed. They end with one that is empty or came before, or
        when `result_count` is reached. An item with the `id` of an earlier one is left out.

        Args:
            page: The first page to fetch; by default 1.
            page_size: The number of items on a page; by default 30.
            Any other: As for `editorial_videos`, for every page.

        Returns:
            An iterator of EditorialVideoSearchItem.

        Raises:
            InvalidArgumentError: An argument is out of bounds or cannot be sent; nothing is sent.
            Any other: As for `editorial_videos`, while iterating.

        Source: present-day.yaml, /paths/~1v3~1search~1videos~1editorial/get
        """
        from . import editorial_videos as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            fields=fields,
            page=page,
            page_size=page_size,
            sort_order=sort_order,
            age_of_people=age_of_people,
            artists=artists,
            aspect_ratios=aspect_ratios,
            collection_codes=collection_codes,
            collections_filter_type=collections_filter_type,
            compositions=compositions,
            date_from=date_from,
            date_to=date_to,
            download_product=download_product,
            editorial_video_types=editorial_video_types,
            event_ids=event_ids,
            facet_fields=facet_fields,
            facet_max_count=facet_max_count,
            format_available=format_available,
            frame_rates=frame_rates,
            image_techniques=image_techniques,
            include_facets=include_facets,
            include_related_searches=include_related_searches,
            keyword_ids=keyword_ids,
            max_clip_length=max_clip_length,
            min_clip_length=min_clip_length,
            orientations=orientations,
            release_status=release_status,
            specific_people=specific_people,
            viewpoints=viewpoints,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )


class AsyncSearch:
    """The operations of `search`, to be awaited."""

    def __init__(self, client: AsyncClient) -> None:
        self._client = client

    async def upload_image(
        self,
        file_name: str,
        *,
        body: bytes | types.Readable,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> None:
        """Upload an image to search by.

        See `Search.upload_image`.
        """
        from . import upload_image as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request, file_name, body=body, extra_query=extra_query
            ),
            timeout=timeout,
            headers=headers,
        )

    async def events(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.EventFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.EventSearchSortOrder | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        editorial_segment: models.EditorialSegmentContract | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.EventsSearchResult:
        """Search events.

        See `Search.events`.
        """
        from . import events as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                fields=fields,
                page=page,
                page_size=page_size,
                sort_order=sort_order,
                date_from=date_from,
                date_to=date_to,
                editorial_segment=editorial_segment,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_events(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.EventFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.EventSearchSortOrder | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        editorial_segment: models.EditorialSegmentContract | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.AsyncIterator[models.Event]:
        """Iterate over the `events` of all pages of `events`.

        See `Search.iter_events`.
        """
        from . import events as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            fields=fields,
            page=page,
            page_size=page_size,
            sort_order=sort_order,
            date_from=date_from,
            date_to=date_to,
            editorial_segment=editorial_segment,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate_async(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    async def images(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.ImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.BlendedImageSortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        color: str | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        download_product: str | None = None,
        embed_content_only: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        event_ids: collections.abc.Sequence[int] | None = None,
        exclude_nudity: bool | None = None,
        file_types: collections.abc.Sequence[models.SearchFileType] | None = None,
        graphical_styles: collections.abc.Sequence[models.GraphicalStyle] | None = None,
        graphical_styles_filter_type: models.GraphicalStylesFilterType | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        minimum_size: models.TeeShirtSize | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.ImageOrientationRequest] | None = None,
        specific_people: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.ImageSearchItemSearchResults:
        """Search creative and editorial images.

        See `Search.images`.
        """
        from . import images as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                fields=fields,
                page=page,
                page_size=page_size,
                sort_order=sort_order,
                age_of_people=age_of_people,
                artists=artists,
                collection_codes=collection_codes,
                collections_filter_type=collections_filter_type,
                color=color,
                compositions=compositions,
                download_product=download_product,
                embed_content_only=embed_content_only,
                ethnicity=ethnicity,
                event_ids=event_ids,
                exclude_nudity=exclude_nudity,
                file_types=file_types,
                graphical_styles=graphical_styles,
                graphical_styles_filter_type=graphical_styles_filter_type,
                include_related_searches=include_related_searches,
                keyword_ids=keyword_ids,
                minimum_size=minimum_size,
                number_of_people=number_of_people,
                orientations=orientations,
                specific_people=specific_people,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_images(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.ImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.BlendedImageSortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        color: str | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        download_product: str | None = None,
        embed_content_only: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        event_ids: collections.abc.Sequence[int] | None = None,
        exclude_nudity: bool | None = None,
        file_types: collections.abc.Sequence[models.SearchFileType] | None = None,
        graphical_styles: collections.abc.Sequence[models.GraphicalStyle] | None = None,
        graphical_styles_filter_type: models.GraphicalStylesFilterType | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        minimum_size: models.TeeShirtSize | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.ImageOrientationRequest] | None = None,
        specific_people: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.AsyncIterator[models.ImageSearchItem]:
        """Iterate over the `images` of all pages of `images`.

        See `Search.iter_images`.
        """
        from . import images as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            fields=fields,
            page=page,
            page_size=page_size,
            sort_order=sort_order,
            age_of_people=age_of_people,
            artists=artists,
            collection_codes=collection_codes,
            collections_filter_type=collections_filter_type,
            color=color,
            compositions=compositions,
            download_product=download_product,
            embed_content_only=embed_content_only,
            ethnicity=ethnicity,
            event_ids=event_ids,
            exclude_nudity=exclude_nudity,
            file_types=file_types,
            graphical_styles=graphical_styles,
            graphical_styles_filter_type=graphical_styles_filter_type,
            include_related_searches=include_related_searches,
            keyword_ids=keyword_ids,
            minimum_size=minimum_size,
            number_of_people=number_of_people,
            orientations=orientations,
            specific_people=specific_people,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate_async(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    async def creative_images(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.CreativeImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.CreativeImageSortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        color: str | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        download_product: str | None = None,
        embed_content_only: bool | None = None,
        enhanced_search: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        exclude_editorial_use_only: bool | None = None,
        exclude_keyword_ids: collections.abc.Sequence[int] | None = None,
        exclude_nudity: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateImageSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        file_types: collections.abc.Sequence[models.SearchFileType] | None = None,
        graphical_styles: collections.abc.Sequence[models.GraphicalStyle] | None = None,
        graphical_styles_filter_type: models.GraphicalStylesFilterType | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        minimum_size: models.TeeShirtSize | None = None,
        moods: collections.abc.Sequence[models.MoodFilterType] | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.ImageOrientationRequest] | None = None,
        safe_search: bool | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.CreativeImageSearchResults:
        """Search creative images.

        See `Search.creative_images`.
        """
        from . import creative_images as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                fields=fields,
                page=page,
                page_size=page_size,
                sort_order=sort_order,
                age_of_people=age_of_people,
                artists=artists,
                collection_codes=collection_codes,
                collections_filter_type=collections_filter_type,
                color=color,
                compositions=compositions,
                download_product=download_product,
                embed_content_only=embed_content_only,
                enhanced_search=enhanced_search,
                ethnicity=ethnicity,
                exclude_editorial_use_only=exclude_editorial_use_only,
                exclude_keyword_ids=exclude_keyword_ids,
                exclude_nudity=exclude_nudity,
                facet_fields=facet_fields,
                facet_max_count=facet_max_count,
                file_types=file_types,
                graphical_styles=graphical_styles,
                graphical_styles_filter_type=graphical_styles_filter_type,
                include_facets=include_facets,
                include_related_searches=include_related_searches,
                keyword_ids=keyword_ids,
                minimum_size=minimum_size,
                moods=moods,
                number_of_people=number_of_people,
                orientations=orientations,
                safe_search=safe_search,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_creative_images(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.CreativeImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.CreativeImageSortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        color: str | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        download_product: str | None = None,
        embed_content_only: bool | None = None,
        enhanced_search: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        exclude_editorial_use_only: bool | None = None,
        exclude_keyword_ids: collections.abc.Sequence[int] | None = None,
        exclude_nudity: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateImageSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        file_types: collections.abc.Sequence[models.SearchFileType] | None = None,
        graphical_styles: collections.abc.Sequence[models.GraphicalStyle] | None = None,
        graphical_styles_filter_type: models.GraphicalStylesFilterType | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        minimum_size: models.TeeShirtSize | None = None,
        moods: collections.abc.Sequence[models.MoodFilterType] | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.ImageOrientationRequest] | None = None,
        safe_search: bool | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.AsyncIterator[models.ImageSearchItemCreative]:
        """Iterate over the `images` of all pages of `creative_images`.

        See `Search.iter_creative_images`.
        """
        from . import creative_images as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            fields=fields,
            page=page,
            page_size=page_size,
            sort_order=sort_order,
            age_of_people=age_of_people,
            artists=artists,
            collection_codes=collection_codes,
            collections_filter_type=collections_filter_type,
            color=color,
            compositions=compositions,
            download_product=download_product,
            embed_content_only=embed_content_only,
            enhanced_search=enhanced_search,
            ethnicity=ethnicity,
            exclude_editorial_use_only=exclude_editorial_use_only,
            exclude_keyword_ids=exclude_keyword_ids,
            exclude_nudity=exclude_nudity,
            facet_fields=facet_fields,
            facet_max_count=facet_max_count,
            file_types=file_types,
            graphical_styles=graphical_styles,
            graphical_styles_filter_type=graphical_styles_filter_type,
            include_facets=include_facets,
            include_related_searches=include_related_searches,
            keyword_ids=keyword_ids,
            minimum_size=minimum_size,
            moods=moods,
            number_of_people=number_of_people,
            orientations=orientations,
            safe_search=safe_search,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate_async(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    async def creative_images_by_image(
        self,
        *,
        phrase: str | None = None,
        asset_id: str | None = None,
        image_url: str | None = None,
        fields: collections.abc.Sequence[models.CreativeImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        exclude_editorial_use_only: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateImageSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        include_facets: bool | None = None,
        product_types: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.SearchByImageResourceResults:
        """Search creative images by an image.

        See `Search.creative_images_by_image`.
        """
        from . import creative_images_by_image as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                asset_id=asset_id,
                image_url=image_url,
                fields=fields,
                page=page,
                page_size=page_size,
                exclude_editorial_use_only=exclude_editorial_use_only,
                facet_fields=facet_fields,
                facet_max_count=facet_max_count,
                include_facets=include_facets,
                product_types=product_types,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_creative_images_by_image(
        self,
        *,
        phrase: str | None = None,
        asset_id: str | None = None,
        image_url: str | None = None,
        fields: collections.abc.Sequence[models.CreativeImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        exclude_editorial_use_only: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateImageSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        include_facets: bool | None = None,
        product_types: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.AsyncIterator[types.JSON]:
        """Iterate over the `images` of all pages of `creative_images_by_image`.

        See `Search.iter_creative_images_by_image`.
        """
        from . import creative_images_by_image as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            asset_id=asset_id,
            image_url=image_url,
            fields=fields,
            page=page,
            page_size=page_size,
            exclude_editorial_use_only=exclude_editorial_use_only,
            facet_fields=facet_fields,
            facet_max_count=facet_max_count,
            include_facets=include_facets,
            product_types=product_types,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate_async(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    async def editorial_images(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.EditorialImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.SortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        download_product: str | None = None,
        editorial_segments: collections.abc.Sequence[models.EditorialSegmentContract] | None = None,
        embed_content_only: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        event_ids: collections.abc.Sequence[int] | None = None,
        exclude_keyword_ids: collections.abc.Sequence[int] | None = None,
        facet_fields: collections.abc.Sequence[models.EditorialImageSearchFacetsFields]
        | None = None,
        facet_max_count: int | None = None,
        file_types: collections.abc.Sequence[models.SearchFileType] | None = None,
        graphical_styles: collections.abc.Sequence[models.EditorialGraphicalStyle] | None = None,
        graphical_styles_filter_type: models.GraphicalStylesFilterType | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        minimum_quality_rank: int | None = None,
        minimum_size: models.TeeShirtSize | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.ImageOrientationRequest] | None = None,
        specific_people: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.EditorialImageSearchResults:
        """Search editorial images.

        See `Search.editorial_images`.
        """
        from . import editorial_images as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                fields=fields,
                page=page,
                page_size=page_size,
                sort_order=sort_order,
                age_of_people=age_of_people,
                artists=artists,
                collection_codes=collection_codes,
                collections_filter_type=collections_filter_type,
                compositions=compositions,
                date_from=date_from,
                date_to=date_to,
                download_product=download_product,
                editorial_segments=editorial_segments,
                embed_content_only=embed_content_only,
                ethnicity=ethnicity,
                event_ids=event_ids,
                exclude_keyword_ids=exclude_keyword_ids,
                facet_fields=facet_fields,
                facet_max_count=facet_max_count,
                file_types=file_types,
                graphical_styles=graphical_styles,
                graphical_styles_filter_type=graphical_styles_filter_type,
                include_facets=include_facets,
                include_related_searches=include_related_searches,
                keyword_ids=keyword_ids,
                minimum_quality_rank=minimum_quality_rank,
                minimum_size=minimum_size,
                number_of_people=number_of_people,
                orientations=orientations,
                specific_people=specific_people,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_editorial_images(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.EditorialImagesFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.SortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        download_product: str | None = None,
        editorial_segments: collections.abc.Sequence[models.EditorialSegmentContract] | None = None,
        embed_content_only: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        event_ids: collections.abc.Sequence[int] | None = None,
        exclude_keyword_ids: collections.abc.Sequence[int] | None = None,
        facet_fields: collections.abc.Sequence[models.EditorialImageSearchFacetsFields]
        | None = None,
        facet_max_count: int | None = None,
        file_types: collections.abc.Sequence[models.SearchFileType] | None = None,
        graphical_styles: collections.abc.Sequence[models.EditorialGraphicalStyle] | None = None,
        graphical_styles_filter_type: models.GraphicalStylesFilterType | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        minimum_quality_rank: int | None = None,
        minimum_size: models.TeeShirtSize | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.ImageOrientationRequest] | None = None,
        specific_people: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.AsyncIterator[models.ImageSearchItemEditorial]:
        """Iterate over the `images` of all pages of `editorial_images`.

        See `Search.iter_editorial_images`.
        """
        from . import editorial_images as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            fields=fields,
            page=page,
            page_size=page_size,
            sort_order=sort_order,
            age_of_people=age_of_people,
            artists=artists,
            collection_codes=collection_codes,
            collections_filter_type=collections_filter_type,
            compositions=compositions,
            date_from=date_from,
            date_to=date_to,
            download_product=download_product,
            editorial_segments=editorial_segments,
            embed_content_only=embed_content_only,
            ethnicity=ethnicity,
            event_ids=event_ids,
            exclude_keyword_ids=exclude_keyword_ids,
            facet_fields=facet_fields,
            facet_max_count=facet_max_count,
            file_types=file_types,
            graphical_styles=graphical_styles,
            graphical_styles_filter_type=graphical_styles_filter_type,
            include_facets=include_facets,
            include_related_searches=include_related_searches,
            keyword_ids=keyword_ids,
            minimum_quality_rank=minimum_quality_rank,
            minimum_size=minimum_size,
            number_of_people=number_of_people,
            orientations=orientations,
            specific_people=specific_people,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate_async(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    async def creative_videos(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.CreativeVideosFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.CreativeVideoSortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        aspect_ratios: collections.abc.Sequence[models.VideoAspectRatioFilterType] | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        download_product: str | None = None,
        enhanced_search: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        exclude_editorial_use_only: bool | None = None,
        exclude_keyword_ids: collections.abc.Sequence[int] | None = None,
        exclude_nudity: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateVideoSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        format_available: models.VideoFormatsRequest | None = None,
        frame_rates: collections.abc.Sequence[models.VideoFrameRates] | None = None,
        image_techniques: collections.abc.Sequence[models.ImageTechniquesFilterType] | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        license_models: collections.abc.Sequence[models.LicenseModelVideoRequest] | None = None,
        max_clip_length: int | None = None,
        min_clip_length: int | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.VideoOrientationRequest] | None = None,
        release_status: models.ReleaseStatus | None = None,
        safe_search: bool | None = None,
        viewpoints: collections.abc.Sequence[models.ViewpointsFilterType] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.CreativeVideoSearchResults:
        """Search creative videos.

        See `Search.creative_videos`.
        """
        from . import creative_videos as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                fields=fields,
                page=page,
                page_size=page_size,
                sort_order=sort_order,
                age_of_people=age_of_people,
                artists=artists,
                aspect_ratios=aspect_ratios,
                collection_codes=collection_codes,
                collections_filter_type=collections_filter_type,
                compositions=compositions,
                download_product=download_product,
                enhanced_search=enhanced_search,
                ethnicity=ethnicity,
                exclude_editorial_use_only=exclude_editorial_use_only,
                exclude_keyword_ids=exclude_keyword_ids,
                exclude_nudity=exclude_nudity,
                facet_fields=facet_fields,
                facet_max_count=facet_max_count,
                format_available=format_available,
                frame_rates=frame_rates,
                image_techniques=image_techniques,
                include_facets=include_facets,
                include_related_searches=include_related_searches,
                keyword_ids=keyword_ids,
                license_models=license_models,
                max_clip_length=max_clip_length,
                min_clip_length=min_clip_length,
                number_of_people=number_of_people,
                orientations=orientations,
                release_status=release_status,
                safe_search=safe_search,
                viewpoints=viewpoints,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_creative_videos(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.CreativeVideosFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.CreativeVideoSortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        aspect_ratios: collections.abc.Sequence[models.VideoAspectRatioFilterType] | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        download_product: str | None = None,
        enhanced_search: bool | None = None,
        ethnicity: collections.abc.Sequence[models.EthnicityFilterType] | None = None,
        exclude_editorial_use_only: bool | None = None,
        exclude_keyword_ids: collections.abc.Sequence[int] | None = None,
        exclude_nudity: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateVideoSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        format_available: models.VideoFormatsRequest | None = None,
        frame_rates: collections.abc.Sequence[models.VideoFrameRates] | None = None,
        image_techniques: collections.abc.Sequence[models.ImageTechniquesFilterType] | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        license_models: collections.abc.Sequence[models.LicenseModelVideoRequest] | None = None,
        max_clip_length: int | None = None,
        min_clip_length: int | None = None,
        number_of_people: collections.abc.Sequence[models.NumberOfPeopleFilterType] | None = None,
        orientations: collections.abc.Sequence[models.VideoOrientationRequest] | None = None,
        release_status: models.ReleaseStatus | None = None,
        safe_search: bool | None = None,
        viewpoints: collections.abc.Sequence[models.ViewpointsFilterType] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.AsyncIterator[models.CreativeVideoSearchItem]:
        """Iterate over the `videos` of all pages of `creative_videos`.

        See `Search.iter_creative_videos`.
        """
        from . import creative_videos as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            fields=fields,
            page=page,
            page_size=page_size,
            sort_order=sort_order,
            age_of_people=age_of_people,
            artists=artists,
            aspect_ratios=aspect_ratios,
            collection_codes=collection_codes,
            collections_filter_type=collections_filter_type,
            compositions=compositions,
            download_product=download_product,
            enhanced_search=enhanced_search,
            ethnicity=ethnicity,
            exclude_editorial_use_only=exclude_editorial_use_only,
            exclude_keyword_ids=exclude_keyword_ids,
            exclude_nudity=exclude_nudity,
            facet_fields=facet_fields,
            facet_max_count=facet_max_count,
            format_available=format_available,
            frame_rates=frame_rates,
            image_techniques=image_techniques,
            include_facets=include_facets,
            include_related_searches=include_related_searches,
            keyword_ids=keyword_ids,
            license_models=license_models,
            max_clip_length=max_clip_length,
            min_clip_length=min_clip_length,
            number_of_people=number_of_people,
            orientations=orientations,
            release_status=release_status,
            safe_search=safe_search,
            viewpoints=viewpoints,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate_async(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    async def creative_videos_by_image(
        self,
        *,
        phrase: str | None = None,
        asset_id: str | None = None,
        image_url: str | None = None,
        fields: collections.abc.Sequence[models.CreativeVideosFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        exclude_editorial_use_only: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateVideoSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        include_facets: bool | None = None,
        product_types: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.CreativeVideoSearchResults:
        """Search creative videos by an image.

        See `Search.creative_videos_by_image`.
        """
        from . import creative_videos_by_image as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                asset_id=asset_id,
                image_url=image_url,
                fields=fields,
                page=page,
                page_size=page_size,
                exclude_editorial_use_only=exclude_editorial_use_only,
                facet_fields=facet_fields,
                facet_max_count=facet_max_count,
                include_facets=include_facets,
                product_types=product_types,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_creative_videos_by_image(
        self,
        *,
        phrase: str | None = None,
        asset_id: str | None = None,
        image_url: str | None = None,
        fields: collections.abc.Sequence[models.CreativeVideosFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        exclude_editorial_use_only: bool | None = None,
        facet_fields: collections.abc.Sequence[models.CreateVideoSearchFacetsFields] | None = None,
        facet_max_count: int | None = None,
        include_facets: bool | None = None,
        product_types: collections.abc.Sequence[str] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.AsyncIterator[models.CreativeVideoSearchItem]:
        """Iterate over the `videos` of all pages of `creative_videos_by_image`.

        See `Search.iter_creative_videos_by_image`.
        """
        from . import creative_videos_by_image as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            asset_id=asset_id,
            image_url=image_url,
            fields=fields,
            page=page,
            page_size=page_size,
            exclude_editorial_use_only=exclude_editorial_use_only,
            facet_fields=facet_fields,
            facet_max_count=facet_max_count,
            include_facets=include_facets,
            product_types=product_types,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate_async(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )

    async def editorial_videos(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.EditorialVideosFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.SortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        aspect_ratios: collections.abc.Sequence[models.VideoAspectRatioFilterType] | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        download_product: str | None = None,
        editorial_video_types: collections.abc.Sequence[models.EditorialVideoType] | None = None,
        event_ids: collections.abc.Sequence[int] | None = None,
        facet_fields: collections.abc.Sequence[models.EditorialVideoSearchFacetsFields]
        | None = None,
        facet_max_count: int | None = None,
        format_available: models.VideoFormatsRequest | None = None,
        frame_rates: collections.abc.Sequence[models.VideoFrameRates] | None = None,
        image_techniques: collections.abc.Sequence[models.ImageTechniquesFilterType] | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        max_clip_length: int | None = None,
        min_clip_length: int | None = None,
        orientations: collections.abc.Sequence[models.VideoOrientationRequest] | None = None,
        release_status: models.ReleaseStatus | None = None,
        specific_people: collections.abc.Sequence[str] | None = None,
        viewpoints: collections.abc.Sequence[models.ViewpointsFilterType] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> models.EditorialVideoSearchResults:
        """Search editorial videos.

        See `Search.editorial_videos`.
        """
        from . import editorial_videos as _operation

        return await self._client.call(
            _operation.OPERATION,
            self._client.build(
                _operation.build_request,
                phrase=phrase,
                fields=fields,
                page=page,
                page_size=page_size,
                sort_order=sort_order,
                age_of_people=age_of_people,
                artists=artists,
                aspect_ratios=aspect_ratios,
                collection_codes=collection_codes,
                collections_filter_type=collections_filter_type,
                compositions=compositions,
                date_from=date_from,
                date_to=date_to,
                download_product=download_product,
                editorial_video_types=editorial_video_types,
                event_ids=event_ids,
                facet_fields=facet_fields,
                facet_max_count=facet_max_count,
                format_available=format_available,
                frame_rates=frame_rates,
                image_techniques=image_techniques,
                include_facets=include_facets,
                include_related_searches=include_related_searches,
                keyword_ids=keyword_ids,
                max_clip_length=max_clip_length,
                min_clip_length=min_clip_length,
                orientations=orientations,
                release_status=release_status,
                specific_people=specific_people,
                viewpoints=viewpoints,
                accept_language=accept_language,
                gi_country_code=gi_country_code,
                extra_query=extra_query,
            ),
            timeout=timeout,
            headers=headers,
        )

    def iter_editorial_videos(
        self,
        *,
        phrase: str | None = None,
        fields: collections.abc.Sequence[models.EditorialVideosFieldValues] | None = None,
        page: int | None = None,
        page_size: int | None = None,
        sort_order: models.SortOrder | None = None,
        age_of_people: collections.abc.Sequence[models.AgeOfPeopleFilterType] | None = None,
        artists: str | None = None,
        aspect_ratios: collections.abc.Sequence[models.VideoAspectRatioFilterType] | None = None,
        collection_codes: collections.abc.Sequence[str] | None = None,
        collections_filter_type: models.CollectionsFilterType | None = None,
        compositions: collections.abc.Sequence[models.CompositionsFilterType] | None = None,
        date_from: datetime.datetime | str | None = None,
        date_to: datetime.datetime | str | None = None,
        download_product: str | None = None,
        editorial_video_types: collections.abc.Sequence[models.EditorialVideoType] | None = None,
        event_ids: collections.abc.Sequence[int] | None = None,
        facet_fields: collections.abc.Sequence[models.EditorialVideoSearchFacetsFields]
        | None = None,
        facet_max_count: int | None = None,
        format_available: models.VideoFormatsRequest | None = None,
        frame_rates: collections.abc.Sequence[models.VideoFrameRates] | None = None,
        image_techniques: collections.abc.Sequence[models.ImageTechniquesFilterType] | None = None,
        include_facets: bool | None = None,
        include_related_searches: bool | None = None,
        keyword_ids: collections.abc.Sequence[int] | None = None,
        max_clip_length: int | None = None,
        min_clip_length: int | None = None,
        orientations: collections.abc.Sequence[models.VideoOrientationRequest] | None = None,
        release_status: models.ReleaseStatus | None = None,
        specific_people: collections.abc.Sequence[str] | None = None,
        viewpoints: collections.abc.Sequence[models.ViewpointsFilterType] | None = None,
        accept_language: str | None = None,
        gi_country_code: str | None = None,
        extra_query: types.Query | None = None,
        timeout: float | None = None,
        headers: collections.abc.Mapping[str, str] | None = None,
    ) -> collections.abc.AsyncIterator[models.EditorialVideoSearchItem]:
        """Iterate over the `videos` of all pages of `editorial_videos`.

        See `Search.iter_editorial_videos`.
        """
        from . import editorial_videos as _operation

        page = 1 if page is None else page
        page_size = 30 if page_size is None else page_size
        _request = self._client.build(
            _operation.build_request,
            phrase=phrase,
            fields=fields,
            page=page,
            page_size=page_size,
            sort_order=sort_order,
            age_of_people=age_of_people,
            artists=artists,
            aspect_ratios=aspect_ratios,
            collection_codes=collection_codes,
            collections_filter_type=collections_filter_type,
            compositions=compositions,
            date_from=date_from,
            date_to=date_to,
            download_product=download_product,
            editorial_video_types=editorial_video_types,
            event_ids=event_ids,
            facet_fields=facet_fields,
            facet_max_count=facet_max_count,
            format_available=format_available,
            frame_rates=frame_rates,
            image_techniques=image_techniques,
            include_facets=include_facets,
            include_related_searches=include_related_searches,
            keyword_ids=keyword_ids,
            max_clip_length=max_clip_length,
            min_clip_length=min_clip_length,
            orientations=orientations,
            release_status=release_status,
            specific_people=specific_people,
            viewpoints=viewpoints,
            accept_language=accept_language,
            gi_country_code=gi_country_code,
            extra_query=extra_query,
        )
        _pages = _operation.pages(page, page_size)
        return _pages.iterate_async(
            _request,
            lambda request: self._client.call(
                _pages.operation, request, timeout=timeout, headers=headers
            ),
        )
